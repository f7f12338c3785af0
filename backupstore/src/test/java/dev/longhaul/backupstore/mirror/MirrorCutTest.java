package dev.longhaul.backupstore.mirror;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process dies after any number of calls. What is there then serves its readers, and
 * the next run completes it.
 */
class MirrorCutTest extends MirrorScene {

	/** More than a run of the scene takes; one that takes more has changed. */
	private static final int MOST_CALLS = 150;

	/** Whether the call at which the process dies still takes effect. */
	enum Last {

		IS_LOST, TAKES_EFFECT

	}

	@BeforeEach
	void givenBackups() {
		givenTwoBackupsSharingBlocks();
	}

	@ParameterizedTest
	@EnumSource(Last.class)
	void servesReadersHoweverFarItCameAndIsGoneOnWith(Last last) {
		boolean completed = false;
		int cuts = 0;
		for (int calls = 0; !completed; calls++) {
			assertThat(calls).as("calls of a whole run").isLessThan(MOST_CALLS);
			destination.delete(contents(destination, "").keySet());
			Cut cut = new Cut(calls, last);
			completed = runs(cut);
			cuts += completed ? 0 : 1;

			assertReadersAreServed();
			MirrorReport next = mirror();
			assertThat(next.count(State.COPIED) + next.count(State.HELD)).isEqualTo(2);
			destination.delete(locksThere().toList());
			assertIsACopy();
		}
		assertThat(cuts).isGreaterThan(30);
	}

	private boolean runs(Cut cut) {
		try {
			mirror(cut.of(source), cut.of(destination), Healing.TRUST_LISTING, 100).run(Set.of(), MirrorListener.NONE);
			return true;
		}
		catch (TransientFailure ex) {
			assertThat(ex).hasMessage("dead");
			return false;
		}
	}

	/** Lets so many calls through and none after them. */
	private static final class Cut {

		private final AtomicInteger left;

		private final Last last;

		Cut(int calls, Last last) {
			this.left = new AtomicInteger(calls);
			this.last = last;
		}

		StreamingStore of(StreamingStore store) {
			return new ForwardingStreamingStore(store) {

				@Override
				public ObjectPage list(String prefix, String startAfter) {
					pass();
					return super.list(prefix, startAfter);
				}

				@Override
				public Optional<StoredObject> open(String key) {
					pass();
					return super.open(key);
				}

				@Override
				public void put(String key, byte[] content) {
					effect(() -> super.put(key, content));
				}

				@Override
				public void delete(Collection<String> keys) {
					effect(() -> super.delete(keys));
				}

			};
		}

		private void pass() {
			if (left.getAndDecrement() <= 0) {
				throw dead();
			}
		}

		private void effect(Runnable call) {
			int before = left.getAndDecrement();
			if (before > 0 || (before == 0 && last == Last.TAKES_EFFECT)) {
				call.run();
			}
			if (before <= 0) {
				throw dead();
			}
		}

		private static TransientFailure dead() {
			return new TransientFailure(FailureCode.TARGET_UNREACHABLE, "dead", "none");
		}

	}

}
