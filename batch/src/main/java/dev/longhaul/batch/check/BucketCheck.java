package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.image.TimeLimit;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * Puts the volumes that a check needs together from the bucket, one after the other, and
 * checks the files on them. Nothing of them is left behind.
 */
public final class BucketCheck implements ApplicationCheck {

	private final Export export;

	private final Scratch scratch;

	private final Duration limit;

	private final Clock clock;

	private final List<Path> tools;

	/**
	 * @param limit for the checks of one volume, with putting it together
	 */
	public BucketCheck(Export export, Scratch scratch, Duration limit, Clock clock) {
		this(export, scratch, limit, clock, Tools.PLACES);
	}

	BucketCheck(Export export, Scratch scratch, Duration limit, Clock clock, List<Path> tools) {
		this.export = export;
		this.scratch = scratch;
		this.limit = limit;
		this.clock = clock;
		this.tools = List.copyOf(tools);
	}

	@Override
	public List<CheckResult> check(RestorePoint point, List<Check> checks) {
		Map<Check, CheckResult> results = new LinkedHashMap<>();
		Map<VolumeBackup, List<Check>> byVolume = new LinkedHashMap<>();
		for (Check check : checks) {
			Optional<VolumeBackup> backup = backup(point, check.claim());
			if (backup.isPresent()) {
				byVolume.computeIfAbsent(backup.get(), key -> new ArrayList<>()).add(check);
			}
			else {
				results.put(check, new CheckResult.NotRun(check.what(), whyNowhere(point, check.claim())));
			}
		}
		byVolume.forEach((backup, onVolume) -> results.putAll(check(backup, onVolume)));
		return checks.stream().distinct().map(results::get).toList();
	}

	private static Optional<VolumeBackup> backup(RestorePoint point, @Nullable ClaimRef claim) {
		if (claim == null) {
			return (point.backups().size() == 1) ? Optional.of(point.backups().get(0)) : Optional.empty();
		}
		return point.backups().stream().filter(backup -> backup.claim().equals(claim)).findFirst();
	}

	private static String whyNowhere(RestorePoint point, @Nullable ClaimRef claim) {
		return (claim != null) ? "the restore point has no volume of '%s'".formatted(claim)
				: "the application has %d volumes; say under 'checks' on which of them it lies"
					.formatted(point.backups().size());
	}

	private Map<Check, CheckResult> check(VolumeBackup backup, List<Check> checks) {
		Map<Check, CheckResult> results = new LinkedHashMap<>();
		try (Scratch.Room room = scratch.room()) {
			TimeLimit time = TimeLimit.of(limit, clock, "give it more with longhaul.checks.timeout");
			VolumeCheck volume = putTogether(backup, room, time);
			for (Check check : checks) {
				results.put(check, run(volume, check, backup));
			}
		}
		catch (DamagedData | Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			checks.forEach(check -> results.put(check, notRun(check, backup, ex)));
		}
		catch (IOException ex) {
			LonghaulException unusable = scratch.unusable(ex);
			checks.forEach(check -> results.put(check, notRun(check, backup, unusable)));
		}
		return results;
	}

	private VolumeCheck putTogether(VolumeBackup backup, Scratch.Room room, TimeLimit time) throws IOException {
		room.take(backup.size(), "the volume");
		export.export(backup.volume(), backup.backup(), Ext4Image.place(room.path()), new ExportListener() {
			@Override
			public void blockWritten(long storedBytes) {
				time.require("putting the volume together");
			}
		});
		return new VolumeCheck(Ext4Image.open(room.path(),
				new Tools(tools, room.path(), time, "install e2fsprogs where the server runs")), room, time);
	}

	private CheckResult run(VolumeCheck volume, Check check, VolumeBackup backup) throws IOException {
		try {
			return volume.run(check, what(check, backup));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return notRun(check, backup, ex);
		}
	}

	private static CheckResult notRun(Check check, VolumeBackup backup, LonghaulException why) {
		return new CheckResult.NotRun(what(check, backup), "%s (%s)".formatted(why.fact(), why.hint()));
	}

	private static String what(Check check, VolumeBackup backup) {
		return "%s on %s".formatted(check.what(), backup.claim());
	}

}
