package dev.longhaul.scheduler.rest;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.gitops.repository.InForce;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that the server works by now. Whoever follows the repository puts them
 * here.
 */
public final class DefinitionsInForce implements Supplier<Optional<InForce>> {

	private final AtomicReference<@Nullable InForce> newest = new AtomicReference<>();

	private final AtomicReference<@Nullable LonghaulException> failure = new AtomicReference<>();

	/** Instead of those before. */
	public void take(InForce inForce) {
		newest.set(inForce);
		failure.set(null);
	}

	/** They could not be read; those before stay. */
	public void failed(LonghaulException why) {
		failure.set(why);
	}

	/** Why they could not be read the last time; empty if they could. */
	public Optional<LonghaulException> failure() {
		return Optional.ofNullable(failure.get());
	}

	/** Empty until the repository was read for the first time. */
	@Override
	public Optional<InForce> get() {
		return Optional.ofNullable(newest.get());
	}

}
