package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.batch.launch.NightLauncher;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.LonghaulException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The wired program, from the configuration file on.
 */
public final class NightContext implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private NightContext(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * @param file the configuration
	 * @param stop ends every wait when the program is told to stop; Spring's own shutdown
	 * hook is off, because it would close the database under the running job
	 * @throws LonghaulException if the program cannot be wired, usually because of the
	 * configuration
	 */
	public static NightContext open(Path file, NightOptions options, NightListener listener, StopSignal stop) {
		ConfigurationFaults.requireReadable(file);
		SpringApplicationBuilder program = new SpringApplicationBuilder(NightWiring.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.lazyInitialization(true)
			.properties(Map.of("spring.config.location", file.toAbsolutePath().toUri().toString()))
			.initializers(context -> register((GenericApplicationContext) context, options, listener, stop));
		try {
			NightContext night = new NightContext(program.run());
			night.launcher();
			return night;
		}
		catch (RuntimeException ex) {
			Optional<LonghaulException> known = ConfigurationFaults.explain(ex, file);
			throw known.isPresent() ? known.get() : ex;
		}
	}

	private static void register(GenericApplicationContext context, NightOptions options, NightListener listener,
			StopSignal stop) {
		context.registerBean(NightOptions.class, () -> options);
		context.registerBean(NightListener.class, () -> listener);
		context.registerBean(StopSignal.class, () -> stop);
	}

	public NightLauncher launcher() {
		return context.getBean(NightLauncher.class);
	}

	public RunCatalog catalog() {
		return context.getBean(RunCatalog.class);
	}

	public Clock clock() {
		return context.getBean(Clock.class);
	}

	/** Where a damaged database of runs was put; null if it was intact. */
	public @Nullable Path databasePutAside() {
		return context.getBean(RunDatabase.class).putAside();
	}

	@Override
	public void close() {
		context.close();
	}

}
