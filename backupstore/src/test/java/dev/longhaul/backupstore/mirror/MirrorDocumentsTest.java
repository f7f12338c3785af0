package dev.longhaul.backupstore.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.failure.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What Longhaul itself has recorded goes to the copy too. */
class MirrorDocumentsTest extends MirrorScene {

	private static final String MANIFEST = "longhaul/runs/nightly/20261122t023000z/manifest.json";

	private static final String PROOF = "longhaul/runs/nightly/20261122t023000z/proof.json";

	@BeforeEach
	void recordANight() {
		givenTwoBackupsSharingBlocks();
		record(MANIFEST, "{\"made\": 1}");
		record(PROOF, "{\"proof\": 1}");
	}

	@Test
	void theyAreCopiedLastAndByteForByte() {
		MirrorReport report = mirror();

		assertThat(report.documents().copied()).isEqualTo(2);
		List<String> puts = destination.dataPuts();
		assertThat(puts.subList(puts.size() - 3, puts.size())).containsExactly(there(volume.configKey()),
				there(MANIFEST), there(PROOF));
		assertThat(readThere(PROOF)).isEqualTo(bytes("{\"proof\": 1}"));
	}

	@Test
	void theOnesThatAreThereAreNotPutAgain() {
		mirror();
		destination.puts.clear();

		MirrorReport again = mirror();

		assertThat(again.documents().held()).isEqualTo(2);
		assertThat(destination.puts).isEmpty();
	}

	@Test
	void oneOfTheSameSizeThatIsClearlyYoungerIsNotEvenRead() {
		clock.add(Duration.ofMinutes(6));
		mirror();
		long reads = mirror().destination().reads();

		record(MANIFEST, "{\"made\": 2}");

		assertThat(mirror().destination().reads()).isEqualTo(reads + 1);
		assertThat(readThere(MANIFEST)).isEqualTo(bytes("{\"made\": 2}"));
	}

	@Test
	void oneThatIsNotUnderstoodReplacesNothingAndIsSaid() {
		mirror();
		record(MANIFEST, "{\"made\": \u0000}");

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(report.documents().refused()).singleElement()
			.satisfies(refusal -> assertThat(refusal.subject()).isEqualTo(MANIFEST));
		assertThat(readThere(MANIFEST)).isEqualTo(bytes("{\"made\": 1}"));
	}

	@Test
	void aPlanCountsThemAndCopiesNone() {
		MirrorReport plan = mirror(source, destination, Healing.TRUST_LISTING, 1000).plan(Set.of());

		assertThat(plan.documents().copied()).isEqualTo(2);
		assertThat(destination.puts).isEmpty();
	}

	private void record(String key, String text) {
		source.put(key, bytes(text), clock.instant());
	}

	private byte[] readThere(String key) {
		return contents(destination, there(key)).values().iterator().next();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
