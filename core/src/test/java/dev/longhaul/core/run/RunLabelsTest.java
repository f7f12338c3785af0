package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.volume.ClaimRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RunLabelsTest {

	private static final Instant AT = Instant.parse("2026-11-22T02:30:04Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ClaimRef CLAIM = ClaimRef.parse("gitea/data");

	@Test
	void aBackupKnowsTheTimeOfItsDataAndItsQuietWindow() {
		QuietWindow quiet = new QuietWindow(AT.minusMillis(1250), Duration.ofMillis(3210));

		Map<String, String> labels = RunLabels.ofBackup(NIGHT, GITEA, CLAIM, AT, quiet);

		assertThat(labels).containsEntry("longhaul.dev/snapshot-at", "2026-11-22T02:30:04Z")
			.containsEntry("longhaul.dev/quiet", "2026-11-22T02:30:02.750Z/PT3.21S")
			.containsEntry("longhaul.dev/application", "gitea");
		assertThat(RunLabels.snapshotAt(labels)).contains(AT);
		assertThat(RunLabels.quiet(labels)).contains(quiet);
	}

	@Test
	void aBackupOfAnApplicationThatWasNotQuietSaysNothingOfIt() {
		assertThat(RunLabels.quiet(RunLabels.ofBackup(NIGHT, GITEA, CLAIM, AT, null))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PT3S", "2026-11-22T02:30:04Z", "2026-11-22T02:30:04Z/3s",
			"2026-11-22T02:30:04Z/PT-3S", "yesterday/PT3S" })
	void whatIsNoWindowIsNone(String label) {
		assertThat(RunLabels.quiet(Map.of("longhaul.dev/quiet", label))).isEmpty();
	}

}
