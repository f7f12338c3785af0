package dev.longhaul.backupstore.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunManifestJsonTest {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	/** As version 1 knew it. */
	private static final RestorePoint FIRST_GITEA = new RestorePoint(new ApplicationName("gitea"),
			List.of(backup("gitea/data", "pvc-1", 41_943_040), backup("gitea/\"quoted\" ä", "pvc-2", 0)));

	private static final RestorePoint GITEA = new RestorePoint(FIRST_GITEA.application(),
			JsonObject.of(Map.of("namespace", "gitea", "profile",
					Map.of("gitea", Map.of("workload", Map.of("deployment", "gitea"))))),
			new QuietWindow(Instant.parse("2026-11-22T02:30:03.5Z"), Duration.ofMillis(3210)),
			List.of(with(FIRST_GITEA.backups().get(0), original()),
					with(FIRST_GITEA.backups().get(1), original().withoutObjects("the cluster did not \"answer\""))));

	private static final RunManifest MANIFEST = new RunManifest(NIGHT,
			new RunBefore(NIGHT.scheduledFor().minusSeconds(86_400), "0a1b2c"), "s3://bucket@region/path", "v1.12.1",
			"v1.33.4+k3s1", "4f0c1a2b", Instant.parse("2026-11-22T02:41:07.123456789Z"), List.of(GITEA),
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

	/** Buckets are full of them; the files were written by a program of that time. */
	@Test
	void readsWhatVersion1Wrote() throws IOException, MalformedException {
		RunManifest read = RunManifestJson.read(golden("manifest-of-version-1.json"));

		assertThat(read).isEqualTo(new RunManifest(NIGHT, MANIFEST.before(), MANIFEST.targetUrl(), "v1.12.1", null,
				"4f0c1a2b", MANIFEST.writtenAt(), List.of(FIRST_GITEA), MANIFEST.failed()));
		assertThat(RestorePointJson.read(new String(golden("restore-point-of-version-1.json"), StandardCharsets.UTF_8)))
			.isEqualTo(FIRST_GITEA);
	}

	/**
	 * A field of version 2 in a document that says it is of version 1 is none of ours.
	 */
	@Test
	void refusesWhatVersion1DidNotWrite() throws IOException {
		String later = new String(golden("manifest-of-version-1.json"), StandardCharsets.UTF_8)
			.replace("\"longhornVersion\"", "\"kubernetesVersion\" : \"v1.33.4\", \"longhornVersion\"");

		assertThatThrownBy(() -> RunManifestJson.read(later.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessage("unknown field kubernetesVersion");
	}

	@Test
	void whatTheClusterHadTakesALineEach() {
		String written = new String(RunManifestJson.write(MANIFEST), StandardCharsets.UTF_8);

		assertThat(written)
			.contains("\"object\" : {\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"spec\":{");
	}

	@Test
	void holdsTheLargestObjectsThereMayBe() throws MalformedException {
		Map<String, Object> deep = Map.of("k".repeat(JsonObject.LONGEST_KEY), -Double.MAX_VALUE);
		for (int i = 1; i < JsonObject.DEEPEST; i++) {
			deep = Map.of("a", deep);
		}
		ClaimObjects objects = new ClaimObjects(new ObjectCopy.Kept(JsonObject.of(Map.of("a", "ä".repeat(32_000)))),
				new ObjectCopy.Kept(JsonObject.of(deep)), new ObjectCopy.Absent("there is none"));
		RestorePoint point = new RestorePoint(GITEA.application(), null, null,
				List.of(with(FIRST_GITEA.backups().get(0), new Original(ByteSize.ZERO, 0, null, objects))));

		assertThat(RestorePointJson.read(RestorePointJson.write(point))).isEqualTo(point);
		assertThat(RunManifestJson
			.read(RunManifestJson
				.write(new RunManifest(NIGHT, null, "", "", "", MANIFEST.writtenAt(), List.of(point), Map.of())))
			.restorePoints()).containsExactly(point);
	}

	@Test
	void aRestorePointTravelsAlone() throws MalformedException {
		assertThat(RestorePointJson.read(RestorePointJson.write(GITEA))).isEqualTo(GITEA);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					longhaul.dev/run-manifest    | longhaul.dev/run-proof   | expected a longhaul.dev/run-manifest, found 'longhaul.dev/run-proof'
					"version" : 2                | "version" : 0            | longhaul.dev/run-manifest of version 0; this program knows versions 1 to 2
					"version" : 2                | "version" : 1            | unknown field restorePoints[0].backups[0].original
					"version" : 2                | "version" : 3            | longhaul.dev/run-manifest of version 3; this program knows versions 1 to 2
					"targetUrl"                  | "surprise" : 1, "targetUrl" | unknown field surprise
					"targetUrl"                  | "tagretUrl"              | no field targetUrl
					"job" : "nightly"            | "job" : "Nightly!"       | job: 'Nightly!' is not allowed here
					"job" : "nightly"            | "job" : null             | job is not a string
					2026-11-22T02:30:00Z         | yesterday                | scheduledFor is not a time: 'yesterday'
					"volume" : "pvc-1"           | "volume" : "../../etc"   | restorePoints[0].backups[0].volume: '../../etc' is not allowed here
					41943040                     | -1                       | restorePoints[0].backups[0].size is not a whole number from 0
					41943040                     | 1.5                      | restorePoints[0].backups[0].size is not a whole number from 0
					"kubernetesVersion"          | "k8sVersion"             | no field kubernetesVersion
					"replicas" : 3               | "replicas" : 3000000000  | restorePoints[0].backups[0].original. a volume never has 3000000000 replicas
					"kind" : "ext4"              | "kind" : "ext5"          | restorePoints[0].backups[0].original.fileSystem.kind: 'ext5' is not allowed here
					6f1b3c1e-2a4d                | 6f1b3c1e                 | restorePoints[0].backups[0].original.fileSystem.id: '6f1b3c1e-4e8f-9a0b-1c2d3e4f5a6b' is not allowed here
					"state" : "kept"             | "state" : "made up"      | state is none of kept, absent, unknown: 'made up'
					"object" : {"apiVersion"     | "object" : [], "x" : {"apiVersion" | restorePoints[0].backups[0].original.claim.object is not an object
					"storage":"40Mi"             | "storage":null           | restorePoints[0].backups[0].original.claim.object: JSON has no form for a null
					/PT3.21S                     | /3.21 s                  | restorePoints[0].quiet: '2026-11-22T02:30:03.500Z/3.21 s' is not allowed here
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
			.replaceFirst("(?s)\"backups\" : \\[.*\n    } ]", "\"backups\" : []");

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
			.hasMessage("longer than 16777216 bytes");
	}

	@Test
	void refusesDeepNesting() {
		String deep = "{\"kind\":" + "[".repeat(100_000);

		assertThatThrownBy(() -> RunManifestJson.read(deep.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessageContaining("nesting depth");
	}

	private static byte[] golden(String file) throws IOException {
		return Objects.requireNonNull(RunManifestJsonTest.class.getResourceAsStream("/catalog/" + file)).readAllBytes();
	}

	private static Original original() {
		ObjectCopy claim = new ObjectCopy.Kept(JsonObject.of(Map.of("apiVersion", "v1", "kind", "PersistentVolumeClaim",
				"spec", Map.of("accessModes", List.of("ReadWriteOnce"), "storage", "40Mi", "flag", true, "n", 1.5))));
		return new Original(ByteSize.ofMebibytes(64), 3,
				new SeenFileSystem(
						new FileSystem(FileSystem.Kind.EXT4, UUID.fromString("6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b")),
						Instant.parse("2026-11-22T02:30:04Z")),
				new ClaimObjects(claim, new ObjectCopy.Unknown("the cluster did not get it"),
						new ObjectCopy.Absent("the claim names none")));
	}

	private static VolumeBackup with(VolumeBackup backup, Original original) {
		return new VolumeBackup(backup.claim(), backup.volume(), backup.snapshot(), backup.snapshotAt(),
				backup.backup(), backup.size(), original);
	}

	private static VolumeBackup backup(String claim, String volume, long size) {
		return new VolumeBackup(ClaimRef.parse(claim), new VolumeName(volume), new SnapshotName("nightly-" + volume),
				Instant.parse("2026-11-22T02:30:04Z"), new BackupName("nightly-" + volume), new ByteSize(size));
	}

}
