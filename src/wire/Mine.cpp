#include "wire/Mine.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Link.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using base::Result;
using nlohmann::json;
using About = MyNotice::About;

constexpr std::size_t kMaxMessage = 256 * 1024, kMaxTitle = 2048, kMaxSource = 256, kMaxAnyCode = 64,
                      kMaxAnyWord = 64, kMaxStamp = 40, kMaxAddress = 500;

bool isAboutName(std::string_view text) {
    return text == "report" || text == "dossier";
}
bool isSmallWord(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == text.npos;
}
bool isRightWord(std::string_view text) {
    return text == "see" || text == "withdraw" || text == "correct" || text == "delete";
}
bool isRightState(std::string_view text) {
    return text == "received" || text == "answered" || text == "refused";
}

About readAboutOf(Members& members) {
    return members.text("about", kMaxAnyWord, isAboutName) == "dossier" ? About::Dossier : About::Report;
}

/// A whole message: `read` takes its members.
template <class Message, class Read>
Result<Message> message(std::string_view text, std::size_t most, Read read) {
    const auto parsed = parseJson(text, most);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    Message message;
    read(members, message);
    return members.finishLeniently().map([&] { return std::move(message); });
}

/// Each of a list.
template <class One, class Read>
void each(Members& parent, const char* key, std::size_t most, std::vector<One>& into, Read read) {
    for (const json& value : parent.array(key, 0, most)) {
        Members members(value);
        into.push_back(read(members));
        parent.adopt(members.finishLeniently());
    }
}

MyNotice readMyNotice(Members& members) {
    MyNotice notice;
    notice.about = readAboutOf(members);
    notice.code = members.text("code", kMaxAnyCode, isNotEmpty);
    notice.title = members.text("title", kMaxTitle);
    notice.state = members.text("state", kMaxAnyWord, isSmallWord);
    notice.changedAt = members.optionalText("changed_at", kMaxStamp, isRfc3339);
    return notice;
}

MyDocument readMyDocument(Members& members) {
    MyDocument document;
    document.name = members.text("name", kMaxTitle, isNotEmpty);
    document.issuer = members.optionalText("issuer", kMaxTitle);
    document.issued = members.optionalText("issued", 10, isDate);
    document.expires = members.optionalText("expires", 10, isDate);
    document.link = members.optionalText("link", kMaxAddress, isHttpsLink);
    return document;
}

MyConsent readMyConsent(Members& members) {
    MyConsent consent;
    consent.code = members.text("code", kMaxAnyCode, isToken);
    consent.field = members.text("field", kMaxAnyWord, isSlug);
    consent.disclosure = members.text("disclosure", kMaxAnyWord, isSmallWord);
    consent.version = members.text("version", kMaxAnyWord, isToken);
    consent.givenAt = members.text("given_at", kMaxStamp, isRfc3339);
    consent.withdrawn = members.flag("withdrawn");
    consent.isAppointment =
        members.optionalText("about", kMaxAnyWord, isSmallWord) == MyConsent::kAppointment;
    consent.procedure = members.optionalText("procedure", kMaxTitle);
    return consent;
}

bool isStandingName(std::string_view text) {
    return appointmentStateFrom(text).has_value();
}
bool isHalfName(std::string_view text) {
    return halfDayFrom(text).has_value();
}

MyAppointment readMyAppointment(Members& members) {
    MyAppointment one;
    one.code = members.text("code", kMaxAnyCode, isToken);
    one.office = members.text("office", kMaxAnyWord, isOfficeId);
    one.procedure = members.text("procedure", kMaxTitle);
    one.state = appointmentStateFrom(members.text("state", kMaxAnyWord, isStandingName))
                    .value_or(AppointmentState::Received);
    one.day = members.text("day", 10, isDate);
    one.half = halfDayFrom(members.text("half", kMaxAnyWord, isHalfName)).value_or(HalfDay::Morning);
    one.time = members.optionalText("time", 5, isClock);
    return one;
}

MyRight readMyRight(Members& members) {
    MyRight right;
    right.code = members.text("code", kMaxAnyCode, isToken);
    right.right = members.text("right", kMaxAnyWord, isRightWord);
    right.about = members.text("about", kMaxAnyCode, isToken);
    right.state = members.text("state", kMaxAnyWord, isRightState);
    right.receivedAt = members.text("received_at", kMaxStamp, isRfc3339);
    right.due = members.text("due", 10, isDate);
    right.answeredAt = members.optionalText("answered_at", kMaxStamp, isRfc3339);
    return right;
}

}  // namespace

std::string_view name(About about) {
    return about == About::Dossier ? "dossier" : "report";
}

std::string MyNotices::toJson() const {
    json list = json::array();
    for (const auto& notice : notices) {
        list.push_back({{"about", name(notice.about)},
                        {"code", notice.code},
                        {"title", notice.title},
                        {"state", notice.state}});
        addIfAny(list.back(), "changed_at", notice.changedAt);
    }
    json value = {{"notices", std::move(list)}, {"dossiers_silent", dossiersSilent}, {"as_of", asOf}};
    addIfAny(value, "since", since);
    return dumpJson(value);
}

Result<MyNotices> MyNotices::parse(std::string_view text) {
    return message<MyNotices>(text, kMaxMessage * 4, [](Members& members, MyNotices& all) {
        each(members, "notices", kMost, all.notices, readMyNotice);
        all.since = members.optionalText("since", kMaxStamp, isRfc3339);
        all.dossiersSilent = members.flag("dossiers_silent");
        all.asOf = members.text("as_of", kMaxStamp, isRfc3339);
    });
}

std::string NoticesSeen::toJson() const {
    json list = json::array();
    for (const auto& item : items)
        list.push_back({{"about", name(item.about)}, {"code", item.code}, {"state", item.state}});
    return dumpJson(json{{"seen", std::move(list)}});
}

Result<NoticesSeen> NoticesSeen::parse(std::string_view text) {
    return message<NoticesSeen>(text, kMaxMessage, [](Members& members, NoticesSeen& seen) {
        each(members, "seen", MyNotices::kMost, seen.items, [](Members& one) {
            One item;
            item.about = readAboutOf(one);
            item.code = one.text("code", kMaxAnyCode, isNotEmpty);
            item.state = one.text("state", kMaxAnyWord, isSmallWord);
            return item;
        });
    });
}

std::string MyDocuments::toJson() const {
    json list = json::array();
    for (const auto& document : documents) {
        list.push_back({{"name", document.name}});
        addIfAny(list.back(), "issuer", document.issuer);
        addIfAny(list.back(), "issued", document.issued);
        addIfAny(list.back(), "expires", document.expires);
        addIfAny(list.back(), "link", document.link);
    }
    json value = {{"documents", std::move(list)}, {"source", source}, {"as_of", asOf}};
    addIfAny(value, "link", link);
    return dumpJson(value);
}

Result<MyDocuments> MyDocuments::parse(std::string_view text) {
    return message<MyDocuments>(text, kMaxMessage * 4, [](Members& members, MyDocuments& all) {
        each(members, "documents", kMost, all.documents, readMyDocument);
        all.link = members.optionalText("link", kMaxAddress, isHttpsLink);
        all.source = members.text("source", kMaxSource);
        all.asOf = members.text("as_of", kMaxStamp, isRfc3339);
    });
}

std::string MyAccount::toJson() const {
    json value = {{"provider", provider}, {"provider_en", providerEn}, {"updatable", updatable}};
    addIfAny(value, "link", link);
    return dumpJson(value);
}

Result<MyAccount> MyAccount::parse(std::string_view text) {
    return message<MyAccount>(text, kMaxMessage, [](Members& members, MyAccount& account) {
        account.provider = members.text("provider", kMaxSource, isNotEmpty);
        account.providerEn = members.text("provider_en", kMaxSource, isNotEmpty);
        for (const json& one : members.array("updatable", 0, 16)) {
            const auto* word = one.get_ptr<const std::string*>();
            if (!word || word->size() > kMaxAnyWord || !isSmallWord(*word))
                members.refuse("updatable");
            else
                account.updatable.push_back(*word);
        }
        account.link = members.optionalText("link", kMaxAddress, isHttpsLink);
    });
}

std::string MyAppointments::toJson() const {
    json list = json::array();
    for (const auto& one : appointments) {
        list.push_back({{"code", one.code},
                        {"office", one.office},
                        {"procedure", one.procedure},
                        {"state", name(one.state)},
                        {"day", one.day},
                        {"half", name(one.half)}});
        addIfAny(list.back(), "time", one.time);
    }
    return dumpJson(json{{"appointments", std::move(list)}, {"source", source}, {"as_of", asOf}});
}

Result<MyAppointments> MyAppointments::parse(std::string_view text) {
    return message<MyAppointments>(text, kMaxMessage, [](Members& members, MyAppointments& all) {
        each(members, "appointments", kMost, all.appointments, readMyAppointment);
        all.source = members.text("source", kMaxSource);
        all.asOf = members.text("as_of", kMaxStamp, isRfc3339);
    });
}

std::string MyConsents::toJson() const {
    json list = json::array();
    for (const auto& consent : consents) {
        list.push_back({{"code", consent.code},
                        {"field", consent.field},
                        {"disclosure", consent.disclosure},
                        {"version", consent.version},
                        {"given_at", consent.givenAt},
                        {"withdrawn", consent.withdrawn}});
        if (consent.isAppointment) list.back()["about"] = MyConsent::kAppointment;
        addIfAny(list.back(), "procedure", consent.procedure);
    }
    return dumpJson(json{{"consents", std::move(list)}, {"as_of", asOf}});
}

Result<MyConsents> MyConsents::parse(std::string_view text) {
    return message<MyConsents>(text, kMaxMessage, [](Members& members, MyConsents& all) {
        each(members, "consents", kMost, all.consents, readMyConsent);
        all.asOf = members.text("as_of", kMaxStamp, isRfc3339);
    });
}

std::string MyRights::toJson() const {
    json list = json::array();
    for (const auto& right : rights) {
        list.push_back({{"code", right.code},
                        {"right", right.right},
                        {"about", right.about},
                        {"state", right.state},
                        {"received_at", right.receivedAt},
                        {"due", right.due}});
        addIfAny(list.back(), "answered_at", right.answeredAt);
    }
    return dumpJson(json{{"rights", std::move(list)}, {"as_of", asOf}});
}

Result<MyRights> MyRights::parse(std::string_view text) {
    return message<MyRights>(text, kMaxMessage, [](Members& members, MyRights& all) {
        each(members, "rights", kMost, all.rights, readMyRight);
        all.asOf = members.text("as_of", kMaxStamp, isRfc3339);
    });
}

}  // namespace tram::wire
