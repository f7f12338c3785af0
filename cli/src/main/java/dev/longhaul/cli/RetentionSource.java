package dev.longhaul.cli;

import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.retention.Retention;

/**
 * Where it is said what is kept. Each look is a new one: a pin may have been set.
 */
interface RetentionSource extends AutoCloseable {

	/**
	 * What is wanted of an application's restore points; empty if all are kept.
	 * @throws dev.longhaul.core.failure.LonghaulException if that cannot be read now
	 */
	Optional<Retention> of(ApplicationName application);

	@Override
	default void close() {
	}

}
