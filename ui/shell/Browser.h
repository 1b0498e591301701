#pragma once
#include <functional>
#include <string>

namespace tram::shell {

/// `opener` is a program like xdg-open, which takes a link. It may live for as long as the browser does;
/// only when it cannot be started, or ends saying that it opened nothing, `failed` comes, from the event
/// loop.
void openInBrowser(const std::string& opener, const std::string& link, std::function<void()> failed);

}  // namespace tram::shell
