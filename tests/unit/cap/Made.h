#pragma once
#include <catch2/catch.hpp>
#include <string>

#include "cap/Alert.h"

namespace tram::test {

inline base::WallTime at(const std::string& time) {
    base::WallTime moment;
    base::fromRfc3339(time, moment);  // also for constants: before there is a test to fail
    return moment;
}

/// A CAP document made of parts, each of which a test may replace by another text.
struct Made {
    std::string identifier = "VN-1", sender = "city@tram.example", sent = "2026-11-21T09:40:00+07:00",
                status = "Actual", msgType = "Alert", scope = "Public", references, more, infos = info();

    static std::string info(const std::string& more = "<expires>2026-11-21T20:00:00+07:00</expires>",
                            const std::string& language = "vi", const std::string& severity = "Severe",
                            const std::string& urgency = "Expected") {
        return "<info><language>" + language +
               "</language><category>Met</category><event>flood</event><urgency>" + urgency +
               "</urgency><severity>" + severity + "</severity><certainty>Likely</certainty>" + more +
               "</info>";
    }
    std::string xml() const {
        return R"(<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" +
               identifier + "</identifier><sender>" + sender + "</sender><sent>" + sent + "</sent><status>" +
               status + "</status><msgType>" + msgType + "</msgType><scope>" + scope + "</scope>" +
               (references.empty() ? "" : "<references>" + references + "</references>") + more + infos +
               "</alert>";
    }
    cap::Alert alert() const {
        const auto parsed = cap::Alert::parse(xml());
        INFO(xml());
        REQUIRE(parsed);
        return *parsed;
    }
    std::string reference() const { return sender + "," + identifier + "," + sent; }
    /// One that names `others`, a minute later.
    static Made about(const std::string& type, const std::string& name, const std::string& others) {
        Made made;
        made.msgType = type;
        made.identifier = name;
        made.references = others;
        made.sent = "2026-11-21T09:41:00+07:00";
        return made;
    }
};

}  // namespace tram::test
