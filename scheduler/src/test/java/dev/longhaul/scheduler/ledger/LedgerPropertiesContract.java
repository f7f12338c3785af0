package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens to a bucket and to the process, the ledger comes to say the same. */
abstract class LedgerPropertiesContract extends LedgerScene {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7 })
	void saysWhatReadingEverythingSays(int seed) {
		Random random = new Random(seed);
		RandomBucket bucket = new RandomBucket(random, memory, catalog);

		for (int step = 0; step < 25; step++) {
			change(random, bucket);
			ledger.refresh();
			requireEqual("seed %d, step %d".formatted(seed, step));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void whoWasKilledInARefreshEndsWhereItWouldHaveEnded(int seed) {
		Random random = new Random(seed);
		RandomBucket bucket = new RandomBucket(random, memory, catalog);

		for (int step = 0; step < 20; step++) {
			change(random, bucket);
			int kills = random.nextInt(3);
			for (int kill = 0; kill < kills; kill++) {
				refreshAndBeKilled(random);
				change(random, bucket);
			}
			ledger = ledger(transactions(), catalog.documents());
			ledger.refresh();
			requireEqual("seed %d, step %d".formatted(seed, step));
		}
	}

	private void change(Random random, RandomBucket bucket) {
		for (int change = random.nextInt(6); change >= 0; change--) {
			bucket.change();
			clock.pass(Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(400)));
		}
	}

	private void refreshAndBeKilled(Random random) {
		Ledger doomed = ledger(new Killed.AtCommit(transactions(), random.nextInt(12), random.nextBoolean()),
				catalog(dyingStore(random.nextInt(30)), Seal.none()).documents());
		try {
			doomed.refresh();
		}
		catch (Killed ex) {
			assertThat(ex).hasMessageStartingWith("at ");
		}
	}

	private ObjectStore dyingStore(int survived) {
		AtomicInteger left = new AtomicInteger(survived);
		return new ForwardingObjectStore(memory) {

			@Override
			public Optional<StoredObject> open(String key) {
				if (left.getAndDecrement() == 0) {
					throw new Killed("at a get");
				}
				return super.open(key);
			}

		};
	}

}
