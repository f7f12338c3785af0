package dev.longhaul.scheduler.token;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Printable;
import dev.longhaul.scheduler.access.AuditEntry;
import dev.longhaul.scheduler.access.AuditOutcome;
import dev.longhaul.scheduler.access.NewToken;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.Token;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.wiring.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes, lists and revokes tokens in the database itself. Whoever may read the
 * configuration and write the database needs no token for it.
 */
@Command(name = "token", description = "Make, list and revoke the tokens with which the server is called.",
		mixinStandardHelpOptions = true, synopsisSubcommandLabel = "(create | list | revoke)")
public final class TokenCommand implements Runnable {

	private static final String CONFIG = "The configuration, in YAML.";

	/** Of one list; a server has a handful. */
	private static final int MOST = 1000;

	private static final int LONGEST_DAYS = 3660;

	private final PrintStream out;

	private final PrintStream err;

	public TokenCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	@Override
	public void run() {
		throw new RefusedRequest(FailureCode.INVALID_USAGE, "missing required subcommand",
				"longhaul-server token create, list or revoke");
	}

	@Command(name = "create", description = "Make a token, and print it this once.", mixinStandardHelpOptions = true,
			sortOptions = false)
	int create(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
			@Option(names = "--name", required = true, paramLabel = "NAME", description = "For people.") String name,
			@Option(names = "--scope", required = true, paramLabel = "SCOPE", split = ",",
					description = "read, operate, restore or admin; several with commas.") List<String> words,
			@Option(names = "--days", paramLabel = "N",
					description = "How long it lives. Default: until it is revoked.") @Nullable Integer days) {
		TokenOrder order = new TokenOrder(name, scopes(words), lifetime(days));
		try (Server server = open(config)) {
			NewToken made = server.tokens().create(order, "longhaul-server token");
			server.auditLog().append(entry("token create", made.token().id(), Scope.words(made.token().scopes())));
			out.println(made.secret().reveal());
			out.flush();
			err.println("token %s, scopes %s; it is not shown again".formatted(made.token().id(),
					Scope.words(made.token().scopes())));
			err.flush();
		}
		return ExitStatus.PROVEN.code();
	}

	@Command(name = "list", description = "List all tokens, without what could be used of them.",
			mixinStandardHelpOptions = true)
	int list(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config) {
		try (Server server = open(config)) {
			Instant now = server.clock().instant();
			for (Token token : server.tokens().list("", MOST)) {
				out.println("%s  %-24s  %-22s  made %s  used %-20s  %s".formatted(token.id(),
						Scope.words(token.scopes()), state(token, now), token.createdAt(), orNever(token.lastUsedAt()),
						Printable.of(token.name())));
			}
			out.flush();
		}
		return ExitStatus.PROVEN.code();
	}

	@Command(name = "revoke", description = "Make a token useless, for good.", mixinStandardHelpOptions = true)
	int revoke(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
			@Parameters(paramLabel = "ID", description = "As 'token list' shows it.") String id) {
		try (Server server = open(config)) {
			if (!server.tokens().revoke(id)) {
				throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no token '%s'".formatted(id),
						"'longhaul-server token list' shows their ids");
			}
			server.auditLog().append(entry("token revoke", id, ""));
		}
		return ExitStatus.PROVEN.code();
	}

	/** Whoever is at the machine itself is not asked who they are. */
	private static AuditEntry entry(String action, String subject, String detail) {
		return new AuditEntry("longhaul-server", "", "", action, subject, AuditOutcome.DONE, detail);
	}

	private static Server open(Path config) {
		return Server.open(config, new StopSignal());
	}

	private static Set<Scope> scopes(List<String> words) {
		Set<Scope> scopes = EnumSet.noneOf(Scope.class);
		words.forEach(word -> scopes.add(Scope.of(word.toLowerCase(Locale.ROOT))
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "there is no scope '%s'".formatted(word),
					"scopes are read, operate, restore and admin"))));
		return scopes;
	}

	private static @Nullable Duration lifetime(@Nullable Integer days) {
		if (days == null) {
			return null;
		}
		if (days < 1 || days > LONGEST_DAYS) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"--days is 1 to %d, not %d".formatted(LONGEST_DAYS, days),
					"leave it out for a token that lives until it is revoked");
		}
		return Duration.ofDays(days);
	}

	private static String state(Token token, Instant now) {
		Instant expires = token.expiresAt();
		if (token.revokedAt() != null) {
			return "revoked";
		}
		if (expires == null) {
			return "valid";
		}
		return (now.isBefore(expires) ? "until " : "expired ") + expires;
	}

	private static String orNever(@Nullable Instant moment) {
		return (moment != null) ? moment.toString() : "never";
	}

}
