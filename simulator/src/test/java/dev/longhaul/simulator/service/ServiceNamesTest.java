package dev.longhaul.simulator.service;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceNamesTest {

	@ParameterizedTest
	@CsvSource({ "http://gitea-http.gitea:3000/a/b.git, true", "http://gitea-http.gitea.svc:3000/a/b.git, true",
			"http://gitea-http.gitea.svc.cluster.local/, true", "http://127.0.0.1:3000/, false",
			"http://localhost:3000/, false", "https://git.example.org/a.git, false" })
	void namesOfServicesAreToldFromThoseOfOtherHosts(URI url, boolean ofCluster) {
		assertThat(ServiceNames.isOfCluster(url)).isEqualTo(ofCluster);
	}

}
