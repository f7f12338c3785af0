package dev.longhaul.core.run;

import java.time.Instant;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final VolumeName VOLUME = new VolumeName("pvc-1");

	private final Night night = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	@Test
	void namesTheSameThingTheSameInEveryProcess() {
		assertThat(night.snapshotName(GITEA, VOLUME)).hasToString("nightly-20261122t023000z-522616e0d021");
		assertThat(night.backupName(GITEA, VOLUME).value()).isEqualTo(night.snapshotName(GITEA, VOLUME).value());
	}

	@Test
	void namesDifferentThingsDifferently() {
		Night next = new Night(night.job(), night.scheduledFor().plusSeconds(1));
		Night other = new Night(new JobName("weekly"), night.scheduledFor());

		assertThat(Set.of(night.backupName(GITEA, VOLUME), night.backupName(GITEA, new VolumeName("pvc-2")),
				night.backupName(new ApplicationName("vaultwarden"), VOLUME), next.backupName(GITEA, VOLUME),
				other.backupName(GITEA, VOLUME)))
			.hasSize(5);
	}

	@Test
	void isTheSameNightWhateverTheFractionOfTheSecond() {
		assertThat(new Night(night.job(), night.scheduledFor().plusMillis(999))).isEqualTo(night);
	}

	@Test
	void keepsNamesShortAndValidForKubernetes() {
		Night longest = new Night(new JobName("a".repeat(40)), night.scheduledFor());

		assertThat(longest.backupName(GITEA, VOLUME).value()).hasSizeLessThanOrEqualTo(70)
			.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
	}

	@Test
	void refusesANameThatFitsNoLabel() {
		assertThatThrownBy(() -> new JobName("Nightly!")).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("'Nightly!' is not a job name: use at most 40 of a-z, 0-9 and inner '-'");
	}

}
