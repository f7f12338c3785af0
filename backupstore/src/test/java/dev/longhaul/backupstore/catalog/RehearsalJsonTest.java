package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.Rehearsal.Outcome;
import dev.longhaul.core.run.Rehearsal.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RehearsalJsonTest {

	private static final Instant AT = Instant.parse("2026-11-22T04:45:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), AT);

	private static final Rehearsal REHEARSAL = new Rehearsal(new Night(new JobName("drill"), AT), AT,
			List.of(start("gitea", Outcome.CHECKED), start("nextcloud", Outcome.STARTED),
					start("vaultwarden", Outcome.FAILED)));

	@Test
	void readsWhatItWrote() throws MalformedException {
		assertThat(RehearsalJson.read(RehearsalJson.write(REHEARSAL))).isEqualTo(REHEARSAL);
	}

	@ParameterizedTest
	@CsvSource({ "nextcloud, gitea, an application is rehearsed once",
			"checked, perfect, outcome: 'perfect' is not allowed here",
			"42100, -1, tookMillis is not a whole number from 0",
			"longhaul.dev/drill, longhaul.dev/proof, expected a longhaul.dev/drill" })
	void refusesWhatNobodyWrote(String written, String changed, String why) {
		String text = new String(RehearsalJson.write(REHEARSAL), StandardCharsets.UTF_8).replace(written, changed);

		assertThatThrownBy(() -> RehearsalJson.read(text.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageContaining(why);
	}

	private static Start start(String application, Outcome outcome) {
		return new Start(NIGHT, new ApplicationName(application), "0a1b2c", AT, Duration.ofMillis(42_100), outcome,
				"1 of 1 ready");
	}

}
