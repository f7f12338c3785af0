package dev.longhaul.restore.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.CataloguedBackup;
import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that is told step by step what it holds. Days are those of November 2026.
 */
public final class Held {

	public static final String TARGET = "s3://backups@eu/";

	public static final Recipient RECIPIENT = new Recipient(
			"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");

	private static final long BLOCK = BlockSize.MIB_2.bytes();

	private final Map<VolumeName, CataloguedVolume> volumes = new HashMap<>();

	private final List<RecordedRun> runs = new ArrayList<>();

	private final Map<Integer, String> revisions = new HashMap<>();

	private final Map<Integer, List<StoredExport>> exports = new HashMap<>();

	private final List<Recorded.Refusal> refusals = new ArrayList<>();

	public static Instant day(int day) {
		return Instant.parse("2026-11-%02dT02:30:00Z".formatted(day));
	}

	public static Night night(int day) {
		return new Night(new JobName("nightly"), day(day));
	}

	public BucketContents contents() {
		return new BucketContents(new Recorded(runs, List.of(), List.of(), List.of(), refusals), volumes);
	}

	/** A volume of three blocks of each of those days. */
	public Held volume(String name, @Nullable ClaimRef claim, int... days) {
		return volume(name, claim, config -> config, header -> header, days);
	}

	public Held volume(String name, @Nullable ClaimRef claim, UnaryOperator<VolumeConfig> config,
			UnaryOperator<BackupManifest> header, int... days) {
		VolumeName volume = new VolumeName(name);
		Map<String, String> labels = new HashMap<>();
		labels.put("longhorn.io/volume-access-mode", "rwo");
		if (claim != null) {
			labels.put("KubernetesStatus",
					"{\"namespace\":\"%s\",\"pvcName\":\"%s\"}".formatted(claim.namespace(), claim.name()));
		}
		List<CataloguedBackup> backups = new ArrayList<>();
		for (int day : days) {
			BackupName backup = backup(name, day);
			backups.add(new CataloguedBackup(backup,
					header.apply(new BackupManifest(backup, volume, "snap", day(day), day(day).plusSeconds(60),
							new ByteSize(3 * BLOCK), labels, BlockSize.MIB_2, true, CompressionMethod.LZ4,
							ByteSize.ZERO, "")),
					""));
		}
		VolumeConfig last = config.apply(new VolumeConfig(volume, ByteSize.ofMebibytes(64), labels, day(1), "", null, 3,
				"", "", CompressionMethod.LZ4, "longhorn", "v1"));
		volumes.put(volume, new CataloguedVolume(volume, last, (last == null) ? "volume.cfg is missing" : "", backups));
		return this;
	}

	public static BackupName backup(String volume, int day) {
		return new BackupName("%s-%02d".formatted(volume, day));
	}

	/** A night that recorded one volume of one application. */
	public Held recorded(int day, String application, ClaimRef claim, String volume, Proof proof) {
		return recorded(day, application, claim, volume, proof, null);
	}

	public Held recorded(int day, String application, ClaimRef claim, String volume, Proof proof,
			@Nullable Original original) {
		ApplicationName name = new ApplicationName(application);
		VolumeBackup backup = new VolumeBackup(claim, new VolumeName(volume), new SnapshotName("snap"), day(day),
				backup(volume, day), new ByteSize(3 * BLOCK), original);
		RunManifest manifest = new RunManifest(night(day), null, TARGET, "v1.12.1", revisions.get(day), day(day),
				List.of(new RestorePoint(name, List.of(backup))), Map.of());
		String hash = Sha256.of(manifest.toString());
		Verdict verdict = new Verdict(name,
				List.of(new Judgement(Clause.ERRORS, Answer.UNKNOWN, "this bucket is one of words")));
		runs.add(new RecordedRun(new RecordedManifest(manifest, hash),
				new RunProof(night(day), hash, day(day), null, List.of(new ApplicationProof(verdict, proof, null))),
				new RunExports(night(day), hash, day(day),
						List.of(new ApplicationExports(name, exports.getOrDefault(day, List.of()), Map.of())))));
		return this;
	}

	/** The commit that the nights of that day record from now on. */
	public Held revision(int day, String commit) {
		revisions.put(day, commit);
		return this;
	}

	/** The export that the nights of that day record from now on, of a minute later. */
	public Held export(int day, String name, String origin) {
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), Sha256.of(name + day));
		exports.put(day, List.of(new StoredExport(new ExportName(name), origin, bytes, bytes, List.of(RECIPIENT),
				day(day).plusSeconds(60), day(day).plusSeconds(61))));
		return this;
	}

	public Held refused(String key, String reason) {
		refusals.add(new Recorded.Refusal(key, reason));
		return this;
	}

	public static Proof proven(int day) {
		return new Proof.Proven(day(day), 3, new ByteSize(3 * BLOCK));
	}

}
