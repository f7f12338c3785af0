package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.repository.InForce;

/**
 * What comes next by the definitions in force. It is looked up anew when they change, or
 * when something of it has come.
 */
public final class Outlooks {

	private final Supplier<Optional<InForce>> inForce;

	private final AtomicReference<Outlook> last = new AtomicReference<>(Outlook.of(Definitions.NONE, Instant.MIN));

	/**
	 * @param inForce empty until definitions were read for the first time
	 */
	public Outlooks(Supplier<Optional<InForce>> inForce) {
		this.inForce = inForce;
	}

	Optional<InForce> inForce() {
		return inForce.get();
	}

	Outlook at(Instant now) {
		Definitions definitions = inForce.get().map(InForce::definitions).orElse(Definitions.NONE);
		return last.updateAndGet(outlook -> outlook.holds(definitions, now) ? outlook : Outlook.of(definitions, now));
	}

}
