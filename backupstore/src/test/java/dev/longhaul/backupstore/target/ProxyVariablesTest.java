package dev.longhaul.backupstore.target;

import java.net.URI;
import java.util.Map;

import dev.longhaul.backupstore.s3.HttpProxy;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxyVariablesTest {

	private static final URI B2 = URI.create("https://s3.eu-central-003.backblazeb2.com");

	@Test
	void withoutVariablesThereIsNoProxy() {
		assertThat(new ProxyVariables(Map.of()).proxyFor(B2)).isNull();
	}

	@Test
	void theSchemeOfTheEndpointDecidesWhichOne() {
		ProxyVariables both = new ProxyVariables(
				Map.of("HTTPS_PROXY", "http://secure:3128", "HTTP_PROXY", "http://plain:8080"));

		assertThat(both.proxyFor(B2)).isEqualTo(new HttpProxy("secure", 3128, null));
		assertThat(both.proxyFor(URI.create("http://minio.lan:9000"))).isEqualTo(new HttpProxy("plain", 8080, null));
	}

	@ParameterizedTest
	@CsvSource({ "proxy.lan:3128, proxy.lan, 3128", "http://proxy.lan, proxy.lan, 80",
			"http://10.0.0.1:8080/, 10.0.0.1, 8080", "http://[fd00::1]:3128, [fd00::1], 3128" })
	void understandsHowPeopleWriteIt(String value, String host, int port) {
		assertThat(new ProxyVariables(Map.of("HTTPS_PROXY", value)).proxyFor(B2))
			.isEqualTo(new HttpProxy(host, port, null));
	}

	@Test
	void takesTheLoginAndNeverShowsThePassword() {
		HttpProxy proxy = new ProxyVariables(Map.of("HTTPS_PROXY", "http://backup:p%40ss:word@proxy.lan:3128"))
			.proxyFor(B2);

		assertThat(proxy).isEqualTo(new HttpProxy("proxy.lan", 3128, new HttpProxy.Login("backup", "p@ss:word")));
		assertThat(String.valueOf(proxy)).doesNotContain("p@ss");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "socks5://proxy.lan:1080", "http://", "http://user:s3cret@", "http://proxy.lan:99999", "::" })
	void whatIsNoProxyIsRefusedWithoutBeingShown(String value) {
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> new ProxyVariables(Map.of("HTTPS_PROXY", value)).proxyFor(B2))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION))
			.satisfies(ex -> assertThat(ex.fact()).isEqualTo("HTTPS_PROXY is not the URL of a proxy"));
	}

	@ParameterizedTest
	@CsvSource({ "https://s3.lan, s3.lan", "https://s3.lan, other.lan; s3.lan", "https://s3.lan, .lan",
			"https://s3.lan, lan", "https://s3.lan, *.lan", "https://S3.LAN, s3.lan", "https://s3.lan, *",
			"https://s3.lan, s3.lan:443", "https://s3.lan:9000, s3.lan:9000", "https://10.1.2.3, 10.0.0.0/8",
			"https://10.1.2.3, 10.1.2.3", "https://[fd00::7], fd00::/8", "https://127.0.0.1:9000, nothing.else",
			"https://localhost, nothing.else" })
	void isLeftOutWhereTheListSaysSo(URI endpoint, String exceptions) {
		assertThat(proxyFor(endpoint, exceptions)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "https://s3.lan, 3.lan", "https://s3.lan, s3.lan:9000", "https://lan, .lan",
			"https://10.1.2.3, 11.0.0.0/8", "https://10.1.2.3, 10.0.0.0/99", "https://10.1.2.3, 10.0.0.0/x",
			"https://10.1.2.3, fd00::/8", "https://s3.lan, 10.0.0.0/8", "https://10.1.2.3, s3.lan/8",
			"https://s3.lan, ''" })
	void isUsedWhereTheListSaysNothing(URI endpoint, String exceptions) {
		assertThat(proxyFor(endpoint, exceptions)).isNotNull();
	}

	private static Object proxyFor(URI endpoint, String exceptions) {
		return new ProxyVariables(
				Map.of("HTTPS_PROXY", "http://proxy.lan:3128", "NO_PROXY", exceptions.replace(';', ',')))
			.proxyFor(endpoint);
	}

}
