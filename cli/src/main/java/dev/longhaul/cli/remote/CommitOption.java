package dev.longhaul.cli.remote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.longhaul.cli.render.JobsText;
import dev.longhaul.cli.server.Call;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A change of a job by a commit of the server.
 */
final class CommitOption {

	@Option(names = "--reason", paramLabel = "TEXT", description = "For whoever reads the history of the repository.")
	private @Nullable String reason;

	@Option(names = "--based-on", paramLabel = "COMMIT",
			description = "Refuse it unless this commit is in force, as 'jobs show' has it, and the job still as there.")
	private @Nullable String basedOn;

	@Mixin
	private final ReportOption report = new ReportOption();

	/**
	 * @param how it is called, with the fields that are sent
	 * @param change without its reason
	 */
	int send(Remote remote, Function<Map<String, String>, Call> how, Map<String, String> change) {
		Map<String, String> fields = new LinkedHashMap<>(change);
		if (reason != null) {
			fields.put("reason", reason);
		}
		Call call = how.apply(fields).once();
		return report.tellOne(remote,
				remote.send((basedOn != null) ? call.with("If-Match", '"' + basedOn + '"') : call),
				(page, commit) -> new JobsText(page).commit(commit));
	}

}
