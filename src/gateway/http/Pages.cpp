#include "gateway/http/Pages.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "base/Words.h"
#include "gateway/http/Problems.h"

namespace tram::gateway {
namespace {

constexpr const char* kNames[] = {"follow.html", "follow.js", "page.css", "dashboard.html", "dashboard.js"};

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const char* typeOf(const std::string& name) {
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    return "text/html; charset=utf-8";
}

/// What phones say about a report is what the kiosk says.
base::Result<std::string> wordsScript(const std::filesystem::path& localeDir) {
    auto all = nlohmann::json::object();
    for (const char* language : {"vi", "en"}) {
        const auto words = base::Words::load(localeDir, language);
        if (!words) return tl::unexpected(words.error());
        for (const char* family : {"follow.", "phone.", "state."}) all[language].update(words->under(family));
    }
    return "\"use strict\";\nconst words = " + all.dump(1) + ";\n";
}

}  // namespace

base::Result<Pages> Pages::load(const std::filesystem::path& shareDir) {
    Pages pages;
    for (const char* name : kNames) {
        auto text = base::readFile(shareDir / "gateway" / name);
        if (!text) return tl::unexpected(text.error());
        pages.files_[name] = std::move(*text);
    }
    auto script = wordsScript(shareDir / "locale");
    if (!script) return tl::unexpected(script.error());
    pages.files_["words.js"] = std::move(*script);
    return pages;
}

void Pages::send(Exchange& exchange, const std::string& name) const {
    const auto file = files_.find(name);
    if (file == files_.end()) return answerProblem(exchange.response, 404);
    exchange.reply(200, file->second, typeOf(name));
    exchange.response.set_header("Content-Security-Policy", kPolicy);
    exchange.response.set_header("Cache-Control",
                                 name.ends_with(".html") ? "no-cache" : "public, max-age=300");
}

}  // namespace tram::gateway
