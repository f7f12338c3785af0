package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunManifestJsonTest {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final RestorePoint GITEA = new RestorePoint(new ApplicationName("gitea"),
			List.of(backup("gitea/data", "pvc-1", 41_943_040), backup("gitea/\"quoted\" ä", "pvc-2", 0)));

	private static final RunManifest MANIFEST = new RunManifest(NIGHT,
			new RunBefore(NIGHT.scheduledFor().minusSeconds(86_400), "0a1b2c"), "s3://bucket@region/path", "v1.12.1",
			"4f0c1a2b", Instant.parse("2026-11-22T02:41:07.123456789Z"), List.of(GITEA),
			Map.of(new ApplicationName("nextcloud"), "Longhorn reports: engine \"x\" crashed\n"));

	@Test
	void readsWhatItWrote() throws MalformedException {
		byte[] written = RunManifestJson.write(MANIFEST);

		RunManifest read = RunManifestJson.read(written);

		assertThat(read).isEqualTo(MANIFEST);
		assertThat(RunManifestJson.write(read)).isEqualTo(written);
	}

	@Test
	void canBeReadByPeople() {
		String written = new String(RunManifestJson.write(MANIFEST), StandardCharsets.UTF_8);

		assertThat(written).startsWith("{\n").endsWith("}\n").contains("\"scheduledFor\" : \"2026-11-22T02:30:00Z\"");
	}

	@Test
	void aRestorePointTravelsAlone() throws MalformedException {
		assertThat(RestorePointJson.read(RestorePointJson.write(GITEA))).isEqualTo(GITEA);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					longhaul.dev/run-manifest    | longhaul.dev/run-proof   | expected a longhaul.dev/run-manifest, found 'longhaul.dev/run-proof'
					"version" : 1                | "version" : 2            | longhaul.dev/run-manifest of version 2; this program knows version 1
					"targetUrl"                  | "surprise" : 1, "targetUrl" | unknown field surprise
					"targetUrl"                  | "tagretUrl"              | no field targetUrl
					"job" : "nightly"            | "job" : "Nightly!"       | job: 'Nightly!' is not allowed here
					"job" : "nightly"            | "job" : null             | job is not a string
					2026-11-22T02:30:00Z         | yesterday                | scheduledFor is not a time: 'yesterday'
					"volume" : "pvc-1"           | "volume" : "../../etc"   | restorePoints[0].backups[0].volume: '../../etc' is not allowed here
					41943040                     | -1                       | restorePoints[0].backups[0].size is not a whole number from 0
					41943040                     | 1.5                      | restorePoints[0].backups[0].size is not a whole number from 0
					"failed" : [                 | "failed" : [ 7,          | failed is not a list of objects
					"job" : "nightly"            | "job" : "nightly", "job" : "x" | not valid JSON: Duplicate Object property "job"
					""")
	void refusesWhatItDoesNotWrite(String from, String to, String message) {
		String written = new String(RunManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
		assertThat(written).contains(from);

		byte[] changed = written.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(StandardCharsets.UTF_8);

		assertThatThrownBy(() -> RunManifestJson.read(changed)).isInstanceOf(MalformedException.class)
			.hasMessage(message);
	}

	@Test
	void refusesAnApplicationThatFailedTwice() {
		String twice = new String(RunManifestJson.write(MANIFEST), StandardCharsets.UTF_8).replace("\"failed\" : [ {",
				"\"failed\" : [ { \"application\" : \"nextcloud\", \"reason\" : \"\" }, {");

		assertThatThrownBy(() -> RunManifestJson.read(twice.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessage("failed names application 'nextcloud' twice");
	}

	@Test
	void refusesARestorePointWithoutBackups() {
		String empty = new String(RunManifestJson.write(MANIFEST), StandardCharsets.UTF_8)
			.replaceFirst("(?s)\"backups\" : \\[.*?\\]", "\"backups\" : []");

		assertThatThrownBy(() -> RunManifestJson.read(empty.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessage("restorePoints[0]. a restore point of 'gitea' needs a backup");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''       | expected a JSON object, found null
					[]       | expected a JSON object, found START_ARRAY
					{        | not valid JSON: Unexpected end-of-input: expected close marker for Object (start marker at [Source: REDACTED
					{} {}    | expected the end of the document after the JSON object
					""")
	void refusesWhatIsNotOneObject(String text, String message) {
		assertThatThrownBy(() -> RunManifestJson.read(text.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageStartingWith(message);
	}

	@Test
	void refusesAnObjectOfAnyLength() {
		byte[] huge = new byte[JsonDocument.MAX_BYTES + 1];

		assertThatThrownBy(() -> RunManifestJson.read(huge)).isInstanceOf(MalformedException.class)
			.hasMessage("longer than 8388608 bytes");
	}

	@Test
	void refusesDeepNesting() {
		String deep = "{\"kind\":" + "[".repeat(100_000);

		assertThatThrownBy(() -> RunManifestJson.read(deep.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageContaining("nesting depth");
	}

	private static VolumeBackup backup(String claim, String volume, long size) {
		return new VolumeBackup(ClaimRef.parse(claim), new VolumeName(volume), new SnapshotName("nightly-" + volume),
				Instant.parse("2026-11-22T02:30:04Z"), new BackupName("nightly-" + volume), new ByteSize(size));
	}

}
