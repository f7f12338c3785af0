package dev.longhaul.scheduler.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.web.server.PortInUseException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Says what is wrong with the configuration when the program does not start: which
 * setting, in which line, and what to do. Values are left out, one may be a secret in the
 * wrong place.
 */
final class ConfigurationFaults {

	private static final String HINT = "docs/configuration.md shows every setting";

	private static final Pattern YAML = Pattern.compile(".+\\.ya?ml", Pattern.CASE_INSENSITIVE);

	private ConfigurationFaults() {
	}

	/**
	 * Looks at the file before anybody parses it.
	 * @throws RefusedRequest if it cannot be read as YAML
	 */
	static void requireReadable(Path file) {
		if (!Files.exists(file)) {
			throw refused("there is no file '%s'".formatted(file), "check --config");
		}
		if (!Files.isRegularFile(file)) {
			throw refused("'%s' is not a file".formatted(file), "--config names the configuration file itself");
		}
		if (!Files.isReadable(file)) {
			throw refused("the file '%s' may not be read".formatted(file), "let the user of this process read it");
		}
		if (!YAML.matcher(file.getFileName().toString()).matches()) {
			throw refused("the name of '%s' does not end in .yaml".formatted(file), "rename it: " + HINT);
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint);
	}

	/**
	 * @return empty if the configuration is not at fault
	 */
	static Optional<LonghaulException> explain(Throwable failure, Path file) {
		BindException binding = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof LonghaulException known) {
				return Optional.of(known);
			}
			if (cause instanceof UnboundConfigurationPropertiesException unknown) {
				return Optional.of(unknownSetting(unknown, failure));
			}
			if (cause instanceof YAMLException yaml) {
				return Optional.of(refused("'%s' is not YAML: %s".formatted(file, describe(yaml)), HINT, failure));
			}
			if (cause instanceof PortInUseException inUse) {
				return Optional.of(portInUse(inUse, failure));
			}
			binding = (cause instanceof BindException bind) ? bind : binding;
		}
		return Optional.ofNullable(binding).map(bind -> wrongValue(bind, failure));
	}

	private static RefusedRequest portInUse(PortInUseException inUse, Throwable failure) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"another program listens at port %d".formatted(inUse.getPort()),
				"end it, or set another longhaul.server.port", failure);
	}

	private static RefusedRequest unknownSetting(UnboundConfigurationPropertiesException unknown, Throwable failure) {
		ConfigurationProperty first = unknown.getUnboundProperties().iterator().next();
		return refused("there is no setting '%s'%s".formatted(first.getName(), where(first)), HINT, failure);
	}

	private static RefusedRequest wrongValue(BindException binding, Throwable failure) {
		return refused("the setting '%s'%s is not %s".formatted(binding.getName(), where(binding.getProperty()),
				describe(binding.getTarget().getType().toClass())), HINT, failure);
	}

	private static String describe(Class<?> type) {
		if (type == Duration.class) {
			return "a duration such as 30s or 5m";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map(constant -> constant.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(" or "));
		}
		return (type == int.class) ? "a whole number" : "what it should be";
	}

	private static String where(@Nullable ConfigurationProperty property) {
		Origin origin = (property != null) ? property.getOrigin() : null;
		origin = (origin instanceof PropertySourceOrigin source) ? source.getOrigin() : origin;
		return (origin instanceof TextResourceOrigin text && text.getLocation() != null)
				? " (line %d)".formatted(text.getLocation().getLine() + 1) : "";
	}

	private static String describe(YAMLException yaml) {
		if (yaml instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
			return "line %d: %s".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem());
		}
		return "it cannot be parsed";
	}

	private static RefusedRequest refused(String fact, String hint, Throwable failure) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint, failure);
	}

}
