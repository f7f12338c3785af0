package dev.longhaul.scheduler.notification;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NotifyTestCommandIT {

	private static final Clock CLOCK = Clock.fixed(Told.NOW, ZoneOffset.UTC);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private Receiver phone;

	private Receiver hook;

	@BeforeEach
	void start() {
		phone = Receiver.start();
		hook = Receiver.start();
	}

	@AfterEach
	void stop() {
		phone.close();
		hook.close();
	}

	@Test
	void saysOfEveryChannelWhatBecameOfTheTest() {
		hook.replying(401);

		assertThat(run()).isEqualTo(3);

		assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" {3,}", "   ")))
			.containsExactly("phone   webhook at 127.0.0.1:%d   ● delivered".formatted(phone.port()),
					"hook   webhook at 127.0.0.1:%d   ✕ answered with status 401".formatted(hook.port()),
					"gone   –   ✕ the credential '/none/url' cannot be read");
		assertThat(phone.next().body()).contains("\"event\": \"test\"", "A test of Longhaul's notifications");
	}

	@Test
	void testsOneChannelAlone() {
		assertThat(run("--channel", "phone")).isZero();

		assertThat(phone.rest()).hasSize(1);
		assertThat(hook.rest()).isEmpty();
	}

	@Test
	void namesTheChannelsThereAre() {
		assertThatThrownBy(() -> run("--channel", "fax")).isInstanceOfSatisfying(RefusedRequest.class, failure -> {
			assertThat(failure.fact()).isEqualTo("there is no notification channel 'fax'");
			assertThat(failure.hint()).isEqualTo("configured are phone, hook, gone");
		});
	}

	private int run(String... arguments) {
		Channels channels = new Channels(
				List.of(channel("phone", WebAddress.of(phone.url())), channel("hook", WebAddress.of(hook.url())),
						channel("gone", new WebAddress.Secret(new SecretFile(Path.of("/none/url"))))),
				ZoneOffset.UTC);
		NotifyTestCommand command = new NotifyTestCommand(config -> channels,
				new PrintStream(out, true, StandardCharsets.UTF_8), CLOCK);
		List<String> words = new ArrayList<>(List.of("--config", "any.yaml"));
		words.addAll(List.of(arguments));
		new CommandLine(command).parseArgs(words.toArray(new String[0]));
		return command.call();
	}

	private static Channel channel(String name, WebAddress address) {
		return new Channel(name, new Rules.News(Set.of()), null,
				new Webhook(address, Map.of(), Template.USUAL, new Web(null, Limits.USUAL, CLOCK)));
	}

}
