package dev.longhaul.cli.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote tokens create}.
 */
@Command(name = "create", header = "Make a token. It is shown this once.", footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote tokens create ci --scope operate --days 90 --to ci.token" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class CreateTokenCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "NAME", description = "For people.")
	private String name;

	@Option(names = "--scope", paramLabel = "SCOPE", required = true,
			description = "What it allows: read, operate, restore or admin. May be given several times.")
	private List<String> scopes;

	@Option(names = "--days", paramLabel = "COUNT", description = "How long it lives. Default: until it is revoked.")
	private @Nullable Integer days;

	@Option(names = "--to", paramLabel = "FILE",
			description = "Write it to this file, which only its owner can read, and which must not be there.")
	private @Nullable Path file;

	@Mixin
	private final ReportOption report = new ReportOption();

	CreateTokenCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		Map<String, Object> wanted = new LinkedHashMap<>(Map.of("name", name, "scopes", scopes));
		if (days != null) {
			wanted.put("days", days);
		}
		Call call = Call.post(ApiPath.of("tokens"), wanted);
		return (file != null) ? intoFile(call, file) : shown(call);
	}

	private int shown(Call call) {
		return report.tellOne(remote, remote.send(call), (page, made) -> Printable.of(made.text("secret")) + "\n");
	}

	/** The file first: a token that cannot be kept is not made. */
	private int intoFile(Call call, Path to) {
		try {
			Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Fields made = remote.send(call).object();
			Files.writeString(to, made.text("secret") + "\n");
			Fields token = made.object("token");
			if (token != null) {
				remote.surroundings().output().print(new ServerText(report.page(remote)).tokens(List.of(token)));
			}
			return ExitStatus.PROVEN.code();
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' cannot be made or written".formatted(to),
					"name a file that is not there yet, in a directory that is yours; no token was made unless "
							+ "'longhaul remote tokens list' shows it",
					ex);
		}
	}

}
