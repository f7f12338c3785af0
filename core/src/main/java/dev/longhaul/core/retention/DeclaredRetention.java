package dev.longhaul.core.retention;

import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Night;

/**
 * Where it is said what is kept. Each look is a new one: a pin may have been set.
 */
@FunctionalInterface
public interface DeclaredRetention {

	/** Everything is kept. */
	DeclaredRetention NONE = application -> Optional.empty();

	/**
	 * What is wanted of an application's restore points; empty if all are kept.
	 * @throws dev.longhaul.core.failure.LonghaulException if that is not known now
	 */
	Optional<Retention> of(ApplicationName application);

	/**
	 * Whether somebody pinned what a night made of an application. Where nothing is said
	 * any more, everything is kept.
	 */
	default Optional<Pin> pinOf(ApplicationName application, Night night) {
		Optional<Retention> declared = of(application);
		return declared.isPresent() ? Optional.ofNullable(declared.get().pinOf(night))
				: Optional.of(new Pin("no retention is declared for it any more"));
	}

}
