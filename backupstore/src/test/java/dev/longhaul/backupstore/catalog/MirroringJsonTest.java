package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MirroringJsonTest {

	private static final Instant AT = Instant.parse("2026-11-22T04:45:00Z");

	private static final Night RUN = new Night(new JobName("to-the-nas"), AT);

	private static final Place NAS = new Place("file:///mnt/nas", "file system", null, Answer.UNKNOWN, "not asked");

	private static final Mirroring DONE = new Mirroring(RUN, AT, NAS, null,
			List.of(new Seen(new ApplicationName("gitea"), new Held(new Night(new JobName("nightly"), AT), "0a1b2c")),
					new Seen(new ApplicationName("nextcloud"), null)));

	@Test
	void readsWhatItWrote() throws MalformedException {
		Mirroring failed = new Mirroring(RUN, AT, NAS, "TARGET_UNREACHABLE: it is down", List.of());

		assertThat(MirroringJson.read(MirroringJson.write(DONE))).isEqualTo(DONE);
		assertThat(MirroringJson.read(MirroringJson.write(failed))).isEqualTo(failed);
	}

	@Test
	void refusesOneThatFailedAndHasSeenSomething() {
		String both = new String(MirroringJson.write(DONE), StandardCharsets.UTF_8).replace("\"failure\" : null",
				"\"failure\" : \"it failed\"");

		assertThatThrownBy(() -> MirroringJson.read(both.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageContaining("a run that failed has seen nothing that counts");
	}

}
