package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.Locale;

import dev.longhaul.backupstore.export.LostBlock;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.Origin;
import dev.longhaul.restore.files.ExportOutcome;
import dev.longhaul.restore.files.FilesReport;
import dev.longhaul.restore.files.TreeReport;
import dev.longhaul.restore.files.VolumeOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of restoring files, for machines, as
 * {@code docs/schema/restore-files.schema.json} describes it.
 */
public final class FilesJson {

	private final String target;

	public FilesJson(String target) {
		this.target = target;
	}

	public void write(FilesReport report, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.text("directory", report.directory().toString());
			json.number("exitStatus", report.status().code());
			json.truth("keepsOwners", report.keepsOwners());
			json.objects("applications", report.points(), point -> write(json, point));
			json.objects("volumes", report.volumes(), volume -> write(json, report, volume));
			json.objects("exports", report.exports(), export -> write(json, export));
			json.objects("missing", report.missing(), absence -> write(json, absence));
			json.objects("notTaken", report.leftOut(), absence -> write(json, absence));
		});
	}

	private static void write(JsonDocument json, ChosenPoint point) {
		json.text("application", point.application().value());
		json.textOrNull("restorePoint", (point.origin() instanceof Origin.Recorded recorded)
				? "%s@%s".formatted(recorded.night().job(), recorded.night().stamp()) : null);
		json.instant("takenAt", point.takenAt());
		json.text("proof", proof(point.proof()));
		json.text("reason", point.reason());
	}

	private static String proof(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return "proven";
		}
		return (proof instanceof Proof.Refuted) ? "refuted" : "unread";
	}

	private static void write(JsonDocument json, FilesReport report, VolumeOutcome volume) {
		ClaimRef claim = volume.order().claim();
		json.text("application", volume.order().application().value());
		json.textOrNull("claim", (claim != null) ? claim.toString() : null);
		json.text("volume", volume.order().volume().value());
		json.text("backup", volume.order().backup().value());
		json.instant("dataAt", volume.order().dataAt());
		json.text("state", volume.state().name().toLowerCase(Locale.ROOT));
		json.textOrNull("code", name(volume.code()));
		json.text("fileSystem", volume.fileSystem());
		json.number("sizeBytes", volume.size().bytes());
		json.truth("wasThere", volume.isThereAlready());
		json.texts("findings", volume.findings());
		TreeReport tree = volume.tree();
		json.textOrNull("files", (tree != null) ? report.directory().resolve(volume.order().name()).toString() : null);
		json.objectOrNull("tree", tree, found -> write(json, found));
		json.number("lostBlocks", volume.lostCount());
		json.objects("lost", volume.lost(), lost -> write(json, lost));
		json.textOrNull("image",
				(volume.image() != null) ? report.directory().resolve(volume.image()).toString() : null);
	}

	private static @Nullable String name(@Nullable FailureCode code) {
		return (code != null) ? code.name() : null;
	}

	private static void write(JsonDocument json, TreeReport tree) {
		json.number("files", tree.files());
		json.number("directories", tree.directories());
		json.number("links", tree.links());
		json.number("others", tree.others());
		json.number("bytes", tree.size().bytes());
		json.number("problemCount", tree.problemCount());
		json.objects("problems", tree.problems(), problem -> {
			json.text("path", problem.path());
			json.text("what", problem.what());
		});
	}

	private static void write(JsonDocument json, LostBlock lost) {
		json.number("offset", lost.offset());
		json.number("length", lost.length());
		json.text("why", lost.why());
	}

	private static void write(JsonDocument json, ExportOutcome export) {
		json.text("application", export.application().value());
		json.text("name", export.export().name().value());
		json.text("origin", export.export().origin());
		json.instant("takenAt", export.export().takenAt());
		json.text("form", export.form().name().toLowerCase(Locale.ROOT));
		json.textOrNull("file", (export.file() != null) ? export.file().toString() : null);
		json.textOrNull("problem", export.problem());
		json.textOrNull("code", name(export.code()));
		json.truth("wasThere", export.isThereAlready());
	}

	private static void write(JsonDocument json, Absence absence) {
		json.text("subject", absence.subject());
		json.text("why", absence.why());
	}

}
