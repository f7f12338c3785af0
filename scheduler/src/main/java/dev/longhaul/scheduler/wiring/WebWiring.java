package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.util.List;

import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.access.FirstToken;
import dev.longhaul.scheduler.access.SingleSignOn;
import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.web.AuditTrail;
import dev.longhaul.scheduler.web.BodyBound;
import dev.longhaul.scheduler.web.CallerArgument;
import dev.longhaul.scheduler.web.FrameArgument;
import dev.longhaul.scheduler.web.Frames;
import dev.longhaul.scheduler.web.Gate;
import dev.longhaul.scheduler.web.HealthController;
import dev.longhaul.scheduler.web.LoginController;
import dev.longhaul.scheduler.web.LoginPage;
import dev.longhaul.scheduler.web.PageAnswer;
import dev.longhaul.scheduler.web.PageWriter;
import dev.longhaul.scheduler.web.ProblemResolver;
import dev.longhaul.scheduler.web.ProblemWriter;
import dev.longhaul.scheduler.web.ScopeCheck;
import dev.longhaul.scheduler.web.SingleSignOnController;
import dev.longhaul.scheduler.web.StrictJson;
import dev.longhaul.scheduler.web.TomcatServer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP server of {@code serve}, in the same context as everything else. Bean by bean
 * and without Spring Boot's auto-configuration: what is not here is not loaded, and a
 * start stays within seconds.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSecurity
class WebWiring {

	/** Before the security filters: a body that is too large is nobody's. */
	private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

	private static final int SECOND = FIRST + 1;

	@Bean
	ServletWebServerFactory webServer(LonghaulProperties properties) {
		ServerSettings server = properties.server();
		return TomcatServer.at(server.inetAddress(), server.port(), String.join(",", server.proxies()),
				server.cookies());
	}

	@Bean
	DispatcherServlet dispatcherServlet() {
		return new DispatcherServlet();
	}

	/** Begun with the server, so that the first caller waits no longer than the next. */
	@Bean
	ServletRegistrationBean<DispatcherServlet> dispatcher(DispatcherServlet servlet) {
		ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(servlet, "/");
		registration.setLoadOnStartup(1);
		return registration;
	}

	@Bean
	JsonMapper strictJson() {
		return StrictJson.mapper();
	}

	@Bean
	ProblemWriter problemWriter(JsonMapper json) {
		return new ProblemWriter(json);
	}

	@Bean
	FilterRegistrationBean<BodyBound> bodyBound(ProblemWriter problems) {
		FilterRegistrationBean<BodyBound> registration = new FilterRegistrationBean<>(new BodyBound(problems));
		registration.setOrder(FIRST);
		return registration;
	}

	@Bean
	DelegatingFilterProxyRegistrationBean gateRegistration() {
		DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(
				"springSecurityFilterChain");
		registration.setOrder(SECOND);
		return registration;
	}

	@Bean
	LoginPage loginPage(PageWriter pages, @Nullable SingleSignOn signOn) {
		return new LoginPage(pages, (signOn != null) ? signOn.provider() : null);
	}

	@Bean
	SingleSignOnController singleSignOnPages(@Nullable SingleSignOn signOn, LoginPage login, AuditTrail trail,
			LonghaulProperties properties) {
		return new SingleSignOnController(signOn, login, trail, properties.server().cookies());
	}

	@Bean
	SecurityFilterChain gate(HttpSecurity http, Authenticator authenticator, ProblemWriter problems, PageWriter pages,
			LoginPage login, AuditTrail trail, LonghaulProperties properties) {
		return new Gate(authenticator, problems, pages, login, trail, properties.server().cookies()).close(http);
	}

	@Bean
	LoginController login(LoginPage page) {
		return new LoginController(page);
	}

	/** Before anybody can knock. */
	@Bean
	SmartInitializingSingleton firstToken(Tokens tokens, LonghaulProperties properties) {
		return () -> {
			Path file = properties.server().firstTokenFile();
			if (file != null) {
				FirstToken.write(tokens, file);
			}
		};
	}

	@Bean
	SmartInitializingSingleton everyAddressNeedsAScope(RequestMappingHandlerMapping requestMappingHandlerMapping) {
		return () -> ScopeCheck.requireComplete(requestMappingHandlerMapping.getHandlerMethods().values());
	}

	@Bean
	AuditTrail auditTrail(AuditLog log) {
		return new AuditTrail(log);
	}

	@Bean
	WebMvcConfigurer mvc(JsonMapper json, ProblemWriter problems, Frames frames, PageWriter pages, AuditTrail trail) {
		return new WebMvcConfigurer() {

			@Override
			public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
				converters.addCustomConverter(new ByteArrayHttpMessageConverter())
					.withJsonConverter(new JacksonJsonHttpMessageConverter(json));
			}

			@Override
			public void addInterceptors(InterceptorRegistry interceptors) {
				interceptors.addInterceptor(trail);
				interceptors.addInterceptor(new ScopeCheck());
			}

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CallerArgument());
				resolvers.add(new FrameArgument(frames));
			}

			@Override
			public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
				handlers.add(new PageAnswer(pages));
			}

			@Override
			public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
				resolvers.add(new ProblemResolver(problems, pages));
			}

		};
	}

	@Bean
	ApplicationAvailabilityBean availability() {
		return new ApplicationAvailabilityBean();
	}

	@Bean
	HealthController health(ApplicationAvailability availability) {
		return new HealthController(availability);
	}

}
