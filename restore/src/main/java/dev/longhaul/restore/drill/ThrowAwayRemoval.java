package dev.longhaul.restore.drill;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Removes what a drill has made, this one or one that was killed: first what runs and its
 * claims, then the volumes, and the namespace, which says which those are, last. Killed
 * at any moment, it is done again.
 */
public final class ThrowAwayRemoval {

	/** Of each of the three. A pod has its own time to end. */
	private static final Patience LOOKS = new Patience(Duration.ofSeconds(1), Duration.ofMinutes(5));

	private final ThrowAwayNamespaces places;

	private final Clock clock;

	private final Pause pause;

	public ThrowAwayRemoval(ThrowAwayNamespaces places, Clock clock, Pause pause) {
		this.places = places;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Removes all there are, also those of other applications.
	 * @return those that were there
	 */
	public List<ThrowAway> removeAll() {
		List<ThrowAway> left = places.all();
		left.forEach(this::remove);
		return left;
	}

	/**
	 * @throws TransientFailure if something of it does not go
	 */
	public void remove(ThrowAway place) {
		await(place, "its pods and claims", () -> places.clear(place.namespace()));
		await(place, "its volumes", () -> areGone(place));
		await(place, "the namespace itself", () -> places.remove(place.namespace()));
	}

	/** Asks for all of them at once. */
	private boolean areGone(ThrowAway place) {
		boolean gone = true;
		for (VolumeName volume : place.volumes()) {
			gone &= places.remove(volume, place.mark());
		}
		return gone;
	}

	/** Somebody who changes an object meanwhile is looked after, not given up for. */
	private void await(ThrowAway place, String what, BooleanSupplier gone) {
		String[] last = { "" };
		Optional<Boolean> done = LOOKS.await(clock, pause, "the removal of '%s'".formatted(place.namespace()), () -> {
			try {
				return gone.getAsBoolean() ? Optional.of(true) : Optional.empty();
			}
			catch (TransientFailure ex) {
				last[0] = ": " + ex.fact();
				return Optional.empty();
			}
		});
		if (done.isEmpty()) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"namespace '%s' of a drill is still there, as %s did not go%s".formatted(place.namespace(), what,
							last[0]),
					"'longhaul restore drill sweep' goes on with it; until then it takes room and nothing else");
		}
	}

}
