#include "gateway/http/Pages.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/Files.h"
#include "base/Markup.h"
#include "base/Words.h"
#include "gateway/http/Problems.h"

namespace tram::gateway {
namespace {

constexpr const char* kNames[] = {
    "follow.html",       "follow.js",         "page.css",         "dashboard.html",    "dashboard.js",
    "layout.html",       "code.html",         "compare.html",     "outcome.html",      "back.html",
    "code-unknown.html", "upload.html",       "upload-used.html", "upload-asked.html", "upload-useless.html",
    "upload-form.html",  "upload-again.html", "upload-look.html", "upload-more.html",  "vneid.html",
    "vneid-person.html", "vneid-place.html",  "style.html",       "surveys.html",      "surveys.js",
    "entry.html",        "dossier.html",      "dossier.js",       "turn.html",         "appointment.html",
    "watch.html"};

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const char* typeOf(const std::string& name) {
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    return "text/html; charset=utf-8";
}

const std::string& valueOf(const Pages::Values& values, const std::string& name) {
    const auto found = values.find(name);
    if (found == values.end()) throw std::logic_error("a page without its value");
    return found->second;
}

/// What phones say about a report is what the kiosk says.
std::string wordsScript(const std::map<std::string, base::Words>& words) {
    auto all = nlohmann::json::object();
    for (const auto& [language, each] : words)
        for (const char* family : {"follow.", "phone.", "state.", "dossier.state.", "rights.explain."})
            all[language].update(each.under(family));
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
    for (const char* language : {"vi", "en"}) {
        auto words = base::Words::load(shareDir / "locale", language);
        if (!words) return tl::unexpected(words.error());
        pages.words_.emplace(language, std::move(*words));
    }
    pages.files_["words.js"] = wordsScript(pages.words_);
    return pages;
}

std::string Pages::fill(const std::string& name, const std::string& language, const Values& values,
                        const Values& parts) const {
    const auto& words = words_.at(language);
    std::string_view rest = files_.at(name);
    std::string out;
    for (auto open = rest.find("{{"); open != rest.npos; open = rest.find("{{")) {
        out += rest.substr(0, open);
        const bool raw = rest.substr(open).starts_with("{{{");
        const std::string_view end = raw ? "}}}" : "}}";
        const auto from = open + end.size(), to = rest.find(end, from);
        const std::string key(rest.substr(from, to - from));
        if (raw)
            out += valueOf(parts, key);
        else
            out +=
                base::markupText(key.find('.') == key.npos ? valueOf(values, key) : words.text(key, values));
        rest.remove_prefix(to + end.size());
    }
    return out += rest;
}

void Pages::show(Exchange& exchange, const Shown& shown) const {
    const bool vietnamese = shown.language == "vi";
    const auto style =
        shown.styleToo.empty() ? "" : fill("style.html", shown.language, {{"url", shown.styleToo}});
    exchange.reply(
        shown.status,
        fill("layout.html", shown.language,
             {{"lang", shown.language},
              {"title", shown.heading.empty() ? words_.at(shown.language).text(shown.title) : shown.heading},
              {"other_url", shown.otherUrl},
              {"other_lang", vietnamese ? "en" : "vi"},
              {"other_name", words_.at(vietnamese ? "en" : "vi").text("web.language")}},
             {{"main", shown.main}, {"style", style}}),
        typeOf(".html"));
    exchange.response.set_header("Content-Security-Policy",
                                 "default-src 'none'; style-src 'self'; base-uri 'none'; form-action " +
                                     shown.formTargets + "; frame-ancestors 'none'");
    exchange.response.set_header("Cache-Control", shown.cache);
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
