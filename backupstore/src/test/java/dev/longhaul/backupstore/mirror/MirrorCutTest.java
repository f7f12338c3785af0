package dev.longhaul.backupstore.mirror;

import java.util.Set;

import dev.longhaul.backupstore.mirror.MirroredBackup.State;
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

	@BeforeEach
	void givenBackups() {
		givenTwoBackupsSharingBlocks();
	}

	@ParameterizedTest
	@EnumSource(Cut.Last.class)
	void servesReadersHoweverFarItCameAndIsGoneOnWith(Cut.Last last) {
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

}
