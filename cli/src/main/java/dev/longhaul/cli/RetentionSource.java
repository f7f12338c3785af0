package dev.longhaul.cli;

import dev.longhaul.core.retention.DeclaredRetention;

/**
 * Where it is said what is kept, as long as it is open.
 */
@FunctionalInterface
interface RetentionSource extends DeclaredRetention, AutoCloseable {

	@Override
	default void close() {
	}

}
