package dev.longhaul.restore.repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RepositoryNameTest {

	@ParameterizedTest
	@ValueSource(strings = { "http://gitea-http.gitea.svc:3000/Gitea_Admin/homelab-gitops.git",
			"https://git.example.org/code/gitea_admin/homelab-gitops",
			"ssh://git@host:22/gitea_admin/homelab-gitops.git", "git@host:gitea_admin/homelab-gitops.git",
			"http://host/gitea_admin/homelab-gitops.git/" })
	void isTheEndOfItsUrlAsGiteaWritesIt(String url) {
		assertThat(RepositoryName.of(url)).isEqualTo(new RepositoryName("gitea_admin", "homelab-gitops"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "homelab", "http://host/../homelab.git", "http://host/owner/...git",
			"http://host/owner/$(reboot).git", "http://host/own er/name.git", "http://host/owner/na\nme.git" })
	void leadsNowhereElse(String url) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> RepositoryName.of(url));
	}

	@Test
	void isADirectoryBelowTheRoot() {
		assertThat(new RepositoryName("a", "b.c").directory()).isEqualTo("a/b.c.git");
	}

}
