package dev.longhaul.restore.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.export.LostBlock;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.files.VolumeOutcome.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What became of a volume, as it is written beside its tree: a later call knows by it
 * what need not be fetched again.
 */
final class OutcomeFile {

	private static final long VERSION = 1;

	private OutcomeFile() {
	}

	/**
	 * @param file must not exist
	 */
	static void write(VolumeOutcome outcome, Path file) throws IOException {
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.write(file, JsonDocument.write(json -> write(outcome, json)), StandardOpenOption.WRITE);
	}

	private static void write(VolumeOutcome outcome, JsonGenerator json) {
		VolumeOrder order = outcome.order();
		json.writeNumberProperty("version", VERSION);
		json.writeStringProperty("application", order.application().value());
		JsonDocument.writeProperty(json, "claim", (order.claim() != null) ? order.claim().toString() : null);
		json.writeStringProperty("volume", order.volume().value());
		json.writeStringProperty("backup", order.backup().value());
		json.writeStringProperty("dataAt", order.dataAt().toString());
		json.writeStringProperty("state", outcome.state().name());
		json.writeStringProperty("fileSystem", outcome.fileSystem());
		json.writeNumberProperty("sizeBytes", outcome.size().bytes());
		json.writeArrayPropertyStart("findings");
		outcome.findings().forEach(json::writeString);
		json.writeEndArray();
		TreeReport tree = outcome.tree();
		if (tree == null) {
			json.writeNullProperty("tree");
		}
		else {
			json.writeObjectPropertyStart("tree");
			write(tree, json);
			json.writeEndObject();
		}
		json.writeNumberProperty("lostBlocks", outcome.lostCount());
		json.writeArrayPropertyStart("lost");
		for (LostBlock lost : outcome.lost()) {
			json.writeStartObject();
			json.writeNumberProperty("offset", lost.offset());
			json.writeNumberProperty("length", lost.length());
			json.writeStringProperty("why", lost.why());
			json.writeEndObject();
		}
		json.writeEndArray();
		JsonDocument.writeProperty(json, "image", outcome.image());
	}

	private static void write(TreeReport tree, JsonGenerator json) {
		json.writeNumberProperty("files", tree.files());
		json.writeNumberProperty("directories", tree.directories());
		json.writeNumberProperty("links", tree.links());
		json.writeNumberProperty("others", tree.others());
		json.writeNumberProperty("bytes", tree.size().bytes());
		json.writeNumberProperty("problemCount", tree.problemCount());
		json.writeArrayPropertyStart("problems");
		for (TreeProblem problem : tree.problems()) {
			json.writeStartObject();
			json.writeStringProperty("path", problem.path());
			json.writeStringProperty("what", problem.what());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	/**
	 * Reads one.
	 * @param name of what was made of the volume
	 * @return empty if there is none, or it is none of ours
	 */
	static Optional<VolumeOutcome> read(Path file, String name) throws IOException {
		if (!Files.isRegularFile(file) || Files.size(file) > JsonDocument.MAX_BYTES) {
			return Optional.empty();
		}
		try {
			return Optional.of(JsonDocument.read(Files.readAllBytes(file)).all(fields -> outcome(fields, name)));
		}
		catch (MalformedException ex) {
			return Optional.empty();
		}
	}

	private static VolumeOutcome outcome(JsonFields fields, String name) throws MalformedException {
		if (fields.number("version") != VERSION) {
			throw new MalformedException("not of this version");
		}
		ApplicationName application = fields.parsed("application", ApplicationName::new);
		ClaimRef claim = fields.parsedOrNull("claim", ClaimRef::parse);
		VolumeOrder order = new VolumeOrder(application, name, claim, fields.parsed("volume", VolumeName::new),
				fields.parsed("backup", BackupName::new), fields.instant("dataAt"));
		State state = fields.parsed("state", State::valueOf);
		String fileSystem = fields.string("fileSystem");
		ByteSize size = new ByteSize(fields.number("sizeBytes"));
		List<String> findings = fields.texts("findings");
		@Nullable TreeReport tree = fields.objectOrNull("tree", OutcomeFile::tree);
		long lostCount = fields.number("lostBlocks");
		List<LostBlock> lost = fields.list("lost",
				each -> new LostBlock(each.number("offset"), each.number("length"), each.string("why")));
		return new VolumeOutcome(order, state, fileSystem, size, findings, tree, lostCount, lost,
				fields.stringOrNull("image"), false, null);
	}

	private static TreeReport tree(JsonFields fields) throws MalformedException {
		return new TreeReport(fields.number("files"), fields.number("directories"), fields.number("links"),
				fields.number("others"), new ByteSize(fields.number("bytes")), fields.number("problemCount"),
				fields.list("problems", each -> new TreeProblem(each.string("path"), each.string("what"))));
	}

}
