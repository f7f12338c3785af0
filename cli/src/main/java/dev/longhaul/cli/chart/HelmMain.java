package dev.longhaul.cli.chart;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UpgradeCommand;
import dev.longhaul.core.secret.Secret;

/**
 * The process that Helm works in. It takes an order from its standard input, writes what
 * came of it to its standard output, and says by its exit status where it failed.
 */
final class HelmMain {

	/** What Helm calls the repository; nobody else sees it. */
	private static final String REPOSITORY = "kit";

	/**
	 * Of each hook, which Helm waits for: Argo CD's chart has one that makes a password,
	 * and its image has to be fetched first.
	 */
	private static final int HOOKS_SECONDS = 600;

	/** The process was given a directory that nobody else reads, and goes with it. */
	private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"));

	private final HelmOrder order;

	private HelmStep step = HelmStep.START;

	private HelmMain(HelmOrder order) {
		this.order = order;
	}

	public static void main(String[] arguments) throws IOException {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		HelmMain main = new HelmMain(HelmOrder.read(System.in));
		try {
			out.print(main.run());
		}
		catch (IllegalStateException | UncheckedIOException | LinkageError ex) {
			// All that Helm says, and a library that is not for this machine.
			out.print(ex.getMessage());
			out.flush();
			System.exit(main.step.status());
		}
		out.flush();
		System.exit(0);
	}

	private String run() {
		at(HelmStep.START, Helm::version);
		List<Path> values = new ArrayList<>();
		try {
			order.values().forEach(each -> values.add(ownFile(each)));
			return switch (order.verb()) {
				case RENDER -> render(values);
				case INSTALL -> install(values);
			};
		}
		finally {
			values.forEach(HelmMain::delete);
		}
	}

	private String render(List<Path> values) {
		TemplateCommand template = new Helm(Path.of(order.chart())).template()
			.withName(order.name())
			.withNamespace(order.namespace());
		values.forEach(template::withValuesFile);
		return at(HelmStep.RENDER, template::call);
	}

	private String install(List<Path> values) {
		Optional<Release> there = at(HelmStep.CLUSTER, this::find);
		if (there.isEmpty()) {
			return at(HelmStep.INSTALL, installation(locatedChart(), values)::call).getStatus();
		}
		String status = there.get().getStatus();
		return switch (status) {
			case "deployed", "superseded" -> status;
			case "failed" -> at(HelmStep.INSTALL, again(locatedChart(), values)::call).getStatus();
			default -> at(HelmStep.PENDING, () -> {
				throw new IllegalStateException(status);
			});
		};
	}

	private Optional<Release> find() {
		return Helm.list()
			.all()
			.withNamespace(order.namespace())
			.withKubeConfigContents(order.kubeconfig().revealText())
			.call()
			.stream()
			.filter(release -> release.getName().equals(order.name()))
			.findFirst();
	}

	/**
	 * Gets the chart before anything is asked of the cluster, so that it is known which
	 * of the two failed.
	 * @return as Helm calls it
	 */
	private String locatedChart() {
		if (order.repository().isEmpty()) {
			at(HelmStep.CHART, new Helm(Path.of(order.chart())).show().chart()::call);
			return order.chart();
		}
		at(HelmStep.REPOSITORY, Helm.repo().add().withName(REPOSITORY).withUrl(URI.create(order.repository()))::call);
		String chart = REPOSITORY + "/" + order.chart();
		at(HelmStep.CHART, Helm.show(chart).chart().withVersion(order.version())::call);
		return chart;
	}

	private InstallCommand installation(String chart, List<Path> values) {
		InstallCommand install = (order.repository().isEmpty() ? new Helm(Path.of(chart)).install()
				: Helm.install(chart).withVersion(order.version()))
			.withName(order.name())
			.withNamespace(order.namespace())
			.createNamespace()
			.withTimeout(HOOKS_SECONDS)
			.withKubeConfigContents(order.kubeconfig().revealText());
		values.forEach(install::withValuesFile);
		return install;
	}

	/** What was begun and broke off is finished by an upgrade to the same. */
	private UpgradeCommand again(String chart, List<Path> values) {
		UpgradeCommand upgrade = (order.repository().isEmpty() ? new Helm(Path.of(chart)).upgrade()
				: Helm.upgrade(chart).withVersion(order.version()))
			.withName(order.name())
			.withNamespace(order.namespace())
			.resetValues()
			.withTimeout(HOOKS_SECONDS)
			.withKubeConfigContents(order.kubeconfig().revealText());
		values.forEach(upgrade::withValuesFile);
		return upgrade;
	}

	private <T> T at(HelmStep next, Supplier<T> work) {
		step = next;
		return work.get();
	}

	private static Path ownFile(Secret content) {
		try {
			Path file = Files.createTempFile(DIRECTORY, "values", ".yaml",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.write(file, content.reveal());
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
