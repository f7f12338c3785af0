package dev.longhaul.scheduler.night;

import java.util.List;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NightResultTest {

	@Test
	void exitsWithWhatIsWorst() {
		assertThat(Nights.proven().exitStatus()).isEqualTo(ExitStatus.PROVEN);
		assertThat(Nights.mixed().exitStatus()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(Nights
			.result(Nights.application("gitea", Nights.PROVEN, null),
					Nights.application("nextcloud", Nights.UNREAD, null))
			.exitStatus()).isEqualTo(ExitStatus.UNAVAILABLE);
	}

	@Test
	void isOneDocumentForMachines() {
		String json = NightDocument.of(Nights.mixed(), List.of("degraded"), Nights.JUDGED);

		assertThat(json).startsWith("""
				{"job":"nightly","scheduledFor":"2026-11-22T02:30:00Z","end":"unproven","exit":1,\
				"target":"s3://bucket@region/","longhorn":"v1.12.1","judgedAt":"2026-11-22T02:40:00Z",\
				"warnings":["degraded"],"applications":[{"name":"gitea","readBack":"proven","blocks":24,\
				"bytesRead":31457280,"checks":[],"takenAt":"2026-11-22T02:30:03Z","backups":[{"claim":"gitea/data",\
				""").contains("""
				"newestProven":"2026-11-22T02:30:03Z","rpoSeconds":597,"verdict":"fails","clauses":[\
				{"clause":"copies","answer":"fails","evidence":"2 of 3 copies: live volumes, s3://bucket@region/"},\
				""").contains("""
				{"name":"vaultwarden","readBack":"unread","reason":"no restore point tonight: BACKUP_FAILED: engine \
				crashed","failure":"BACKUP_FAILED: engine crashed",""").doesNotContain("\n");
	}

	@Test
	void aFailureIsADocumentToo() {
		assertThat(NightDocument.of(new RefusedRequest(FailureCode.PREFLIGHT_FAILED, "a \"fact\"", "a hint")))
			.isEqualTo(
					"{\"exit\":3,\"error\":{\"code\":\"PREFLIGHT_FAILED\",\"fact\":\"a \\\"fact\\\"\",\"hint\":\"a hint\"}}");
	}

}
