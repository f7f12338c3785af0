package dev.longhaul.cli.render;

import java.util.List;

import dev.longhaul.backupstore.verify.Problem;

/**
 * Problems of a backup or a volume, for machines: the same in every document.
 */
final class ProblemJson {

	private ProblemJson() {
	}

	static void write(JsonDocument json, List<Problem> problems) {
		json.objects("problems", problems, problem -> {
			json.text("kind", problem.kind().word());
			json.text("key", problem.key());
			json.text("detail", problem.detail());
		});
	}

}
