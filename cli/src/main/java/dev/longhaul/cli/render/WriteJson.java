package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.FileChange;
import dev.longhaul.gitops.repository.GitSource;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.gitops.repository.WriteResult;

/**
 * What came of a change of the repository, for machines, as
 * {@code docs/schema/change.schema.json} describes it.
 */
public final class WriteJson {

	private WriteJson() {
	}

	public static void write(WriteResult result, GitSource source, OutputStream out) {
		JsonDocument.write(out, json -> {
			if (result instanceof WriteResult.Pushed pushed) {
				writePlace(json, "pushed", source, pushed.commit());
				writeFiles(json, pushed.files(), List.of());
				json.texts("notes", pushed.notes());
			}
			else if (result instanceof WriteResult.Planned planned) {
				writePlace(json, "planned", source, planned.newest());
				writeFiles(json, planned.files(), List.of());
				json.texts("notes", planned.notes());
			}
			else if (result instanceof WriteResult.Refused refused) {
				writePlace(json, "refused", source, refused.newest());
				writeFiles(json, List.of(), refused.problems());
			}
			else {
				writePlace(json, "unchanged", source, ((WriteResult.Unchanged) result).newest());
				writeFiles(json, List.of(), List.of());
			}
		});
	}

	/** Of a file that was refused before anybody was asked. */
	public static void write(ReadResult.Refused refused, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("outcome", "refused");
			writeFiles(json, List.of(), refused.problems());
		});
	}

	/** Of a clone. */
	public static void write(LocalChange change, OutputStream out) {
		JsonDocument.write(out, json -> {
			String done = change.onlyPlanned() ? "planned" : "written";
			json.text("outcome", change.files().isEmpty() ? "unchanged" : done);
			json.text("directory", change.directory().toString());
			writeFiles(json, change.files(), List.of());
			json.texts("notes", change.notes());
		});
	}

	private static void writePlace(JsonDocument json, String outcome, GitSource source, Revision commit) {
		json.text("outcome", outcome);
		json.text("url", source.url());
		json.text("commit", commit.id());
	}

	private static void writeFiles(JsonDocument json, List<FileChange> files, List<Problem> problems) {
		json.objects("files", files, file -> {
			json.text("path", file.path());
			json.text("diff", file.diff());
		});
		json.objects("problems", problems, problem -> DefinitionsJson.writeProblem(json, problem));
	}

}
