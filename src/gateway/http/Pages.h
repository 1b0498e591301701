#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "base/Result.h"
#include "base/Words.h"
#include "gateway/http/Router.h"

namespace tram::gateway {

/// The files of resources/gateway, read once. Those for reports and operators are sent as they are: scripts
/// fetch JSON and set it as text. Those of a login or a picture work without scripts and are filled in here;
/// every value and every word that goes into one is escaped.
class Pages {
  public:
    /// `shareDir`: its gateway/ holds the files, its locale/ the words, which the kiosk shows too (words.js).
    static base::Result<Pages> load(const std::filesystem::path& shareDir);
    /// Answers with the file, under a policy that lets nothing in but our own files (CSP level 3).
    void send(Exchange& exchange, const std::string& name) const;
    bool has(const std::string& name) const { return files_.contains(name); }

    using Values = base::Words::Values;
    /// A template's {{value}}s and {{words.of.ours}}, escaped; {{{part}}}s are HTML made by this function.
    std::string fill(const std::string& name, const std::string& language, const Values& values,
                     const Values& parts = {}) const;
    std::string say(const std::string& language, const std::string& key) const {
        return words_.at(language).text(key);
    }
    std::string say(const std::string& language, std::string_view key, const Values& values) const {
        return words_.at(language).text(key, values);
    }
    struct Shown {
        int status = 200;
        std::string language, title, main;   ///< title: a key of words; main: of fill()
        std::string otherUrl;                ///< of the same page in the other language
        std::string formTargets = "'self'";  ///< CSP form-action; browsers hold redirects against it too
        std::string styleToo = "";           ///< address of one more style sheet
        std::string heading = "";            ///< a title that is no key of words
        std::string cache = "no-store";      ///< Cache-Control
    };
    void show(Exchange& exchange, const Shown& shown) const;

    /// What a page was asked for in; else in what the kiosk's session spoke; else in Vietnamese.
    static std::string languageOf(const std::string& asked, const std::string& session = "vi") {
        const auto& wish = asked == "en" || asked == "vi" ? asked : session;
        return wish == "en" ? "en" : "vi";
    }

  private:
    std::map<std::string, std::string> files_;
    std::map<std::string, base::Words> words_;
};

}  // namespace tram::gateway
