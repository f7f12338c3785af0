package dev.longhaul.longhorn.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;

import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SelectedContextTest {

	@TempDir
	private Path directory;

	private Path kubeconfig(String user) throws IOException {
		Files.writeString(directory.resolve("ca.crt"), "an authority");
		Files.writeString(directory.resolve("token"), "secret-of-file\n");
		Files.writeString(directory.resolve("client.crt"), "a certificate");
		Files.writeString(directory.resolve("client.key"), "secret-key");
		Path plugin = Files.writeString(directory.resolve("plugin"), """
				#!/bin/sh
				echo '{"status":{"token":"secret-of-plugin"}}'
				""");
		Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
		return Files.writeString(directory.resolve("kubeconfig"), """
				apiVersion: v1
				kind: Config
				current-context: first
				contexts:
				- {name: first, context: {cluster: one, user: one}}
				- {name: second, context: {cluster: two, user: two}}
				clusters:
				- {name: one, cluster: {server: "https://one:6443", certificate-authority: ca.crt}}
				- {name: two, cluster: {server: "https://two:6443"}}
				users:
				- {name: one, user: %s}
				- {name: two, user: {token: secret-of-two}}
				""".formatted(user));
	}

	private static Config read(Path file, String context) {
		String text = SelectedContext
			.read(file, context.isEmpty() ? null : context, CredentialPlugins.RUN, Clock.systemUTC())
			.revealText();
		return new KubernetesSerialization().unmarshal(text, Config.class);
	}

	@Test
	void holdsOneContextAndNamesNoFile() throws IOException {
		Config selected = read(kubeconfig("{client-certificate: client.crt, client-key: client.key}"), "");

		assertThat(selected.getContexts()).hasSize(1);
		assertThat(selected.getCurrentContext()).isEqualTo(selected.getContexts().get(0).getName());
		assertThat(selected.getClusters()).singleElement().satisfies(cluster -> {
			assertThat(cluster.getCluster().getServer()).isEqualTo("https://one:6443");
			assertThat(Base64.getDecoder().decode(cluster.getCluster().getCertificateAuthorityData())).asString()
				.isEqualTo("an authority");
			assertThat(cluster.getCluster().getCertificateAuthority()).isNull();
		});
		assertThat(selected.getUsers()).singleElement().satisfies(user -> {
			assertThat(Base64.getDecoder().decode(user.getUser().getClientKeyData())).asString()
				.isEqualTo("secret-key");
			assertThat(user.getUser().getClientKey()).isNull();
		});
	}

	@Test
	void isOfTheContextThatIsNamed() throws IOException {
		Config selected = read(kubeconfig("{token: secret-of-one}"), "second");

		assertThat(selected.getClusters().get(0).getCluster().getServer()).isEqualTo("https://two:6443");
		assertThat(selected.getUsers().get(0).getUser().getToken()).isEqualTo("secret-of-two");
	}

	@Test
	void holdsWhatFilesAndProgramsGive() throws IOException {
		assertThat(read(kubeconfig("{tokenFile: token}"), "").getUsers().get(0).getUser().getToken())
			.isEqualTo("secret-of-file");
		String exec = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}}";
		assertThat(read(kubeconfig(exec), "").getUsers().get(0).getUser()).satisfies(user -> {
			assertThat(user.getToken()).isEqualTo("secret-of-plugin");
			assertThat(user.getExec()).isNull();
		});
		assertThatThrownBy(
				() -> SelectedContext.read(kubeconfig(exec), null, CredentialPlugins.REFUSED, Clock.systemUTC()))
			.isInstanceOf(RefusedRequest.class);
	}

	@Test
	void doesNotPrintItself() throws IOException {
		assertThat(SelectedContext.read(kubeconfig("{token: secret-of-one}"), null, CredentialPlugins.RUN,
				Clock.systemUTC()))
			.asString()
			.doesNotContain("secret-of-one");
	}

}
