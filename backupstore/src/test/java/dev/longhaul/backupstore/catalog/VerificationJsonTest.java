package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerificationJsonTest {

	private static final Instant AT = Instant.parse("2026-11-22T04:45:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), AT);

	private static final Verification VERIFICATION = new Verification(new Night(new JobName("weekly-proof"), AT), AT,
			"file:///nas",
			List.of(reading("gitea", new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48))),
					reading("nextcloud", new Proof.Refuted(AT, "checksum-mismatch of a block")),
					reading("vaultwarden", new Proof.Unread("TARGET_UNREACHABLE: it is down"))));

	@Test
	void readsWhatItWrote() throws MalformedException {
		assertThat(VerificationJson.read(VerificationJson.write(VERIFICATION))).isEqualTo(VERIFICATION);
	}

	@Test
	void refusesOneThatSaysTwoThingsOfARestorePoint() {
		String twice = new String(VerificationJson.write(VERIFICATION), StandardCharsets.UTF_8).replace("nextcloud",
				"gitea");

		assertThatThrownBy(() -> VerificationJson.read(twice.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageContaining("a restore point is read back once in weekly-proof 2026-11-22T04:45:00Z");
	}

	private static Reading reading(String application, Proof proof) {
		return new Reading(NIGHT, new ApplicationName(application), "0a1b2c", proof);
	}

}
