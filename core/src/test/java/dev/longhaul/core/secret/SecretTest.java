package dev.longhaul.core.secret;

import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretTest {

	@Test
	void saysNothingUnlessItIsAsked() {
		Secret secret = Secret.of("planted");
		TreeMap<String, Secret> data = new TreeMap<>();
		data.put("password", secret);
		NamedSecret named = new NamedSecret(SecretRef.parse("gitea/gitea-admin-secret"), NamedSecret.OPAQUE, data);

		assertThat(secret + named.toString()).doesNotContain("planted").contains("gitea-admin-secret");
		assertThat(secret.revealText()).isEqualTo("planted");
	}

	@Test
	void countsCharactersOfTextAndBytesOfAnythingElse() {
		assertThat(Secret.of("schlüssel").length()).isEqualTo(9);
		assertThat(Secret.of("\uD83D\uDD11").length()).isEqualTo(1);
		assertThat(Secret.of(new byte[] { (byte) 0xff, (byte) 0xfe, 0 }).length()).isEqualTo(3);
	}

	@Test
	void isNotChangedFromOutside() {
		byte[] bytes = { 1, 2, 3 };
		Secret secret = Secret.of(bytes);
		bytes[0] = 9;
		secret.reveal()[1] = 9;

		assertThat(secret).isEqualTo(Secret.of(new byte[] { 1, 2, 3 })).isNotEqualTo(Secret.of(new byte[] { 1, 2 }));
	}

	@Test
	void isNamedAsKubernetesNamesIt() {
		assertThat(SecretRef.parse("longhorn-system/b2")).isEqualTo(new SecretRef("longhorn-system", "b2"));
		for (String wrong : new String[] { "gitea", "/x", "x/", "A/b", "a/b/c", "a/../b", "a b/c", "a/b\n" }) {
			assertThatThrownBy(() -> SecretRef.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
		}
		assertThatThrownBy(() -> Secret.of(new byte[Secret.LARGEST + 1])).isInstanceOf(IllegalArgumentException.class);
	}

}
