package dev.longhaul.cli.remote;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.core.text.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul remote audit export}.
 */
@Command(name = "export", header = "Copy into the bucket what of the audit log is not there yet.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote audit export")
final class ExportAuditCommand implements Callable<Integer> {

	private final Remote remote;

	@Mixin
	private final ReportOption report = new ReportOption();

	ExportAuditCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		return report.tellOne(remote, remote.send(Call.post(ApiPath.of("audit", "exports"))),
				(page, exported) -> text(exported.texts("documents")));
	}

	private static String text(List<String> documents) {
		return documents.isEmpty() ? "● all of it is there already\n"
				: documents.stream().map(key -> "● " + Printable.of(key) + "\n").collect(Collectors.joining());
	}

}
