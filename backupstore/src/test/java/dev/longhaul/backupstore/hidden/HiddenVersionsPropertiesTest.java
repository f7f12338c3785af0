package dev.longhaul.backupstore.hidden;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import dev.longhaul.backupstore.testing.VersionedMemory;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the history of backups, deletions, damage, plans and removals cut short: what
 * is present stays byte for byte, what is proven stays proven, nothing goes before its
 * time, and what is needed and hidden can be brought back.
 */
class HiddenVersionsPropertiesTest {

	private static final Duration PERIOD = Duration.ofDays(7);

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 1000 })
	void nothingThatIsPresentOrNeededOrRecentEverGoes(int pageSize) {
		for (int seed = 0; seed < 8; seed++) {
			new History(seed, pageSize).run();
		}
	}

	private static final class History {

		private final Random random;

		private final String name;

		private final HiddenScene scene;

		private final List<String> backups = new ArrayList<>();

		private Breaking breaking;

		private int made;

		History(int seed, int pageSize) {
			this.random = new Random(seed);
			this.name = "seed " + seed + ", pages of " + pageSize;
			this.scene = new HiddenScene(clock -> {
				breaking = new Breaking(new VersionedMemory(clock, pageSize));
				return breaking;
			});
		}

		void run() {
			for (int step = 0; step < 25; step++) {
				switch (random.nextInt(8)) {
					case 0, 1, 2 -> backUp();
					case 3, 4 -> delete();
					case 5 -> scene.letPass(Duration.ofHours(random.nextInt(24 * 9)));
					case 6 -> hideSomething();
					default -> carryOut();
				}
			}
			scene.letPass(PERIOD.plusDays(1));
			carryOut();
			scene.carryOut(scene.plan(PERIOD));
			assertThat(scene.plan(PERIOD).goes().count()).as(name).isZero();
			bringBack();
		}

		private void backUp() {
			String backup = "backup-" + ++made;
			scene.backup(backup, random.ints(3, 0, 7).toArray());
			backups.add(backup);
		}

		private void delete() {
			if (!backups.isEmpty()) {
				scene.delete(backups.remove(random.nextInt(backups.size())));
			}
		}

		/** By whoever else may write into the bucket. */
		private void hideSomething() {
			scene.store.delete(List.of(scene.block(random.nextInt(7))));
		}

		private void carryOut() {
			HiddenPlan plan = scene.plan(PERIOD);
			Map<String, String> present = scene.present();
			Set<String> proven = scene.proven();
			List<ObjectVersion> before = scene.versions();
			if (random.nextInt(3) == 0) {
				breaking.after(random.nextInt(6));
			}
			try {
				scene.carryOut(plan);
			}
			catch (TransientFailure ex) {
				assertThat(ex.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE);
			}
			breaking.never();
			assertThat(scene.present()).as(name).isEqualTo(present);
			assertThat(scene.proven()).as(name).isEqualTo(proven);
			assertThat(goneBeforeTheirTime(before)).as(name).isEmpty();
		}

		/** By a rule of its own: how long ago something newer came. */
		private List<ObjectVersion> goneBeforeTheirTime(List<ObjectVersion> before) {
			Instant limit = scene.clock.instant().minus(PERIOD);
			Set<ObjectVersion> still = new HashSet<>(scene.versions());
			List<ObjectVersion> wrong = new ArrayList<>();
			for (int i = 0; i < before.size(); i++) {
				ObjectVersion version = before.get(i);
				boolean currentMark = version.current() && version.isMark();
				Instant hidden = version.current() ? version.lastModified() : before.get(i - 1).lastModified();
				boolean mayGo = (currentMark || !version.current()) && hidden.isBefore(limit);
				if (still.stream().noneMatch(left -> left.id().equals(version.id())) && !mayGo) {
					wrong.add(version);
				}
			}
			return wrong;
		}

		private void bringBack() {
			scene.plan(PERIOD)
				.volumes()
				.forEach(volume -> volume.rescues()
					.forEach(rescue -> scene.store.deleteVersions(List.of(rescue.mark()))));
			assertThat(scene.proven()).as(name).containsExactlyInAnyOrderElementsOf(backups);
		}

	}

	/** Is gone after some calls that change it. */
	private static final class Breaking extends ForwardingObjectStore implements VersionedStore {

		private final VersionedMemory memory;

		private int left = Integer.MAX_VALUE;

		Breaking(VersionedMemory memory) {
			super(memory);
			this.memory = memory;
		}

		void after(int calls) {
			left = calls;
		}

		void never() {
			left = Integer.MAX_VALUE;
		}

		@Override
		public VersionPage listVersions(String prefix, VersionPage.Marker after) {
			call();
			return memory.listVersions(prefix, after);
		}

		@Override
		public List<Refusal> deleteVersions(Collection<ObjectVersion.Id> versions) {
			call();
			return memory.deleteVersions(versions);
		}

		private void call() {
			if (left-- == 0) {
				throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "the connection broke", "try again");
			}
		}

	}

}
