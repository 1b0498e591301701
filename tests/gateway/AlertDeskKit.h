#pragma once
#include <catch2/catch.hpp>
#include <fstream>

#include "QuietCity.h"
#include "cap/Bulletin.h"
#include "gateway/alerts/AlertDesk.h"
#include "wire/Dsse.h"

namespace tram::test {

inline constexpr const char* kMorning = "2026-11-21T09:40:00+07:00";

struct CapText {
    std::string identifier = "A", sender = "weather@x.example", severity = "Severe", status = "Actual",
                msgType = "Alert", references = {}, sent = kMorning, expires = "2026-11-21T20:00:00+07:00";
    std::string xml() const {
        return R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" + identifier +
               "</identifier><sender>" + sender + "</sender><sent>" + sent + "</sent><status>" + status +
               "</status><msgType>" + msgType + "</msgType><scope>Public</scope>" +
               (references.empty() ? "" : "<references>" + references + "</references>") +
               (msgType == "Cancel"
                    ? ""
                    : "<info><language>vi</language><category>Met</category><event>e</"
                      "event><urgency>Expected</urgency>"
                      "<severity>" +
                          severity + "</severity><certainty>Likely</certainty><expires>" + expires +
                          "</expires><area><areaDesc>x</areaDesc><geocode><valueName>TRAM-WARD</"
                          "valueName><value>27154"
                          "</value></geocode></area></info>") +
               "</alert>";
    }
    std::string reference() const { return sender + "," + identifier + "," + sent; }
};

inline std::string namesIn(const std::shared_ptr<const gateway::AlertPublisher::Document>& document,
                           cap::Bulletin* out = nullptr) {
    if (!document) return "nothing";
    const auto bulletin = cap::Bulletin::parse(wire::Cosigned::parse(document->bytes).value().payload);
    REQUIRE(bulletin);
    if (out) *out = *bulletin;
    std::string names;
    for (const auto& notice : bulletin->notices)
        names += (notice.drill ? "drill:" : "") + notice.id.identifier + " ";
    return names;
}

/// The pretend city's desk by hand, on a clock that stands still.
struct AlertsAtWork {
    QuietCity quiet;
    AlertsAtWork() { quiet.clock.set(kMorning); }
    explicit AlertsAtWork(const std::function<void(gateway::GatewayConfig&)>& change) : quiet(change) {
        quiet.clock.set(kMorning);
    }
    gateway::AlertDesk& desk() { return quiet.city->alerts; }
    gateway::AlertStore& store() { return desk().store(); }
    void drop(const std::string& name, const std::string& text) const {
        std::ofstream(quiet.data() / "alerts-in" / name) << text;
    }
    /// Twice: a file must stand still for one look.
    std::string turn(cap::Bulletin* out = nullptr) {
        desk().turn();
        desk().turn();
        return namesIn(desk().document(), out);
    }
    std::string idOf(const std::string& identifier) {
        const auto all = store().list().value();
        for (const auto& one : all)
            if (one.alert->id.identifier == identifier) return one.id;
        return "";
    }
    void advance(base::Millis by) { quiet.clock.advance(by); }
    /// "" when it is taken, else the kind of problem.
    std::string refusal(const CapText& cap, const std::string& source = "folder", bool trusted = false) {
        const auto taken = store().take({cap.xml(), source, "", trusted}, now());
        return taken ? "" : std::string(name(taken.error().kind));
    }
    /// "rule source where", the newest first.
    std::vector<std::string> refused() {
        std::vector<std::string> all;
        const auto told = store().refused().value();
        for (const auto& one : told) all.push_back(one.rule + " " + one.source + " " + one.where);
        return all;
    }
    gateway::AlertStore::Taken send(const CapText& cap, const std::string& source = "folder",
                                    bool trusted = false, const std::string& by = "") {
        const auto taken = store().take({cap.xml(), source, by, trusted}, quiet.clock.wall());
        REQUIRE(taken);
        return *taken;
    }
    base::WallTime now() const { return quiet.clock.wall(); }
};

}  // namespace tram::test
