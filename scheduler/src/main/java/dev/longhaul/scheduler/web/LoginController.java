package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code GET /login}. What is sent there is the gate's own.
 */
@Controller
public final class LoginController {

	private final LoginPage page;

	public LoginController(LoginPage page) {
		this.page = page;
	}

	@Open
	@GetMapping(LoginPage.PATH)
	void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
		page.write(request, response);
	}

}
