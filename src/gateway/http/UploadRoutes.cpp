#include <nlohmann/json.hpp>

#include "gateway/http/Bodies.h"
#include "gateway/http/Pace.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "gateway/phone/PictureKind.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kUploadOrder = 1024, kVerdict = 256;
// So long a phone is shown by itself what becomes of a picture; a kiosk that has the line says it in five.
constexpr base::Millis kLooksAgain{30'000};
constexpr const char* kLookEvery = "2";  // seconds
// The form around a picture.
constexpr std::size_t kAround = 4096;

std::size_t declaredLength(const Exchange& exchange) {
    const auto text = exchange.header("Content-Length");
    if (text.empty() || text.size() > 10 || text.find_first_not_of("0123456789") != text.npos) return 0;
    return std::stoull(text);
}

/// 0 for what no picture has.
std::size_t numberIn(const std::string& text) {
    return text.size() == 1 && '1' <= text[0] && text[0] <= '9' ? static_cast<std::size_t>(text[0] - '0') : 0;
}

/// Why nothing more comes here, once the kiosk has told of all that came; null when there is more to say.
const char* shutWord(const PhoneUploads::Seen& seen) {
    if (seen.door == PhoneUploads::Door::Taken) return "upload_taken";
    if (seen.asked > 0) return nullptr;
    if (seen.door == PhoneUploads::Door::Full) return "upload_full";
    return seen.door == PhoneUploads::Door::Spent ? "upload_spent" : nullptr;
}

/// What is not wanted is read past, so that whoever sends it hears why; not for long.
void skip(const base::Clock& clock, const httplib::ContentReader& reader) {
    const Pace pace(clock);
    reader([&](const char*, std::size_t) { return pace.passed() < Pace::kRefused; });
}

/// False when it broke off, dripped, or was no longer wanted.
bool receive(const base::Clock& clock, const httplib::ContentReader& reader, const PhoneUploads::Room& room,
             std::vector<unsigned char>& form) {
    const Pace pace(clock);
    return reader([&](const char* data, std::size_t size) {
        form.insert(form.end(), data, data + size);
        return !pace.tooSlow(form.size()) && room.wanted(clock.wall());
    });
}

/// The picture in a form, in memory that is overwritten when it is dropped.
base::SecretBytes pictureOf(std::vector<unsigned char> form, const std::string& boundary) {
    const std::string_view text(reinterpret_cast<const char*>(form.data()), form.size());
    const auto part = formPart(text, boundary, "picture").value_or(std::string_view());
    const auto from = form.begin() + (part.empty() ? 0 : part.data() - text.data());
    form.erase(std::copy(from, from + static_cast<std::ptrdiff_t>(part.size()), form.begin()), form.end());
    return base::SecretBytes(std::move(form));
}

}  // namespace

UploadRoutes::UploadRoutes(Desk desk, const Pages& pages, const Phones& phones)
    : desk_(desk), pages_(pages), phones_(phones) {
    auto& router = desk_.router;
    router.post(
        "/v1/uploads", kUploadOrder, [this](Exchange& exchange) { open(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
    router.get("/v1/uploads/{id}", [this](Exchange& exchange) { state(exchange); });
    router.get("/v1/uploads/{id}/{n}", [this](Exchange& exchange) { picture(exchange); });
    router.post(
        "/v1/uploads/{id}/{n}", kVerdict, [this](Exchange& exchange) { tell(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
    router.remove("/v1/uploads/{id}", [this](Exchange& exchange) { close(exchange); });
    router.get("/p/{id}", [this](Exchange& exchange) { page(exchange); });
    // For nginx alone, which asks before it takes a body.
    router.get("/p/{id}/known", [this](Exchange& exchange) {
        exchange.response.status = desk_.city.uploads.lives(exchange.place(), exchange.now) ? 204 : 403;
    });
    router.postForm("/p/{id}", [this](Exchange& exchange, const auto& reader) { send(exchange, reader); });
}

void UploadRoutes::open(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto body = wire::parseJson(exchange.body, kUploadOrder);
    if (!body) return answerProblem(exchange.response, 400);
    wire::Members members(*body);
    const auto draft = crypto::SealingKey::parse(members.text("key", 64, wire::isSealingKey));
    const auto language = Pages::languageOf(members.optionalText("language", 2));
    if (!members.finish() || !draft) return answerProblem(exchange.response, 400);
    const auto id = desk_.city.uploads.open(
        kiosk->id, *draft, exchange.now, {language, kiosk->station, wardName(desk_.city.wards, kiosk->ward)});
    if (!id) return answerProblem(exchange.response, 429, 30);
    exchange.reply(201, json{{"id", *id},
                             {"link", desk_.config.phoneUrl() + "/p/" + *id},
                             {"expires_in", PhoneUploads::kLife.count()}}
                            .dump());
}

void UploadRoutes::state(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto state = desk_.city.uploads.state(exchange.place(), kiosk->id, exchange.now);
    if (!state) return answerProblem(exchange.response, 404);
    auto list = json::array();
    for (const auto& picture : state->pictures)
        list.push_back({{"n", picture.number}, {"size", picture.size}, {"sealed_key", picture.sealedKey}});
    exchange.reply(
        200,
        json{{"opened", state->opened}, {"expires_in", state->left.count()}, {"pictures", std::move(list)}}
            .dump());
}

void UploadRoutes::picture(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    auto bytes =
        desk_.city.uploads.picture(exchange.place(), kiosk->id, numberIn(exchange.place(2)), exchange.now);
    if (!bytes) return answerProblem(exchange.response, 404);
    exchange.reply(200, std::move(*bytes), "application/octet-stream");
}

void UploadRoutes::tell(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto body = wire::parseJson(exchange.body, kVerdict);
    if (!body) return answerProblem(exchange.response, 400);
    wire::Members members(*body);
    const bool used = members.flag("used");
    if (!members.finish()) return answerProblem(exchange.response, 400);
    if (!desk_.city.uploads.tell(exchange.place(), kiosk->id, numberIn(exchange.place(2)), used,
                                 exchange.now))
        return answerProblem(exchange.response, 404);
    desk_.metrics.add("tram_phone_pictures_total", "outcome", used ? "used" : "useless");
    exchange.response.status = 204;
}

void UploadRoutes::close(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    if (!desk_.city.uploads.close(exchange.place(), kiosk->id)) return answerProblem(exchange.response, 404);
    exchange.response.status = 204;
}

void UploadRoutes::say(Exchange& exchange, int status, const char* what, bool mayGoBack,
                       const std::string& session) const {
    const auto language = Pages::languageOf(exchange.query("lang"), session);
    const auto path = "/p/" + exchange.place();
    showOutcome(exchange, pages_, status, what, language, otherLanguage(path, language),
                mayGoBack ? inLanguage(path, language) : "");
}

void UploadRoutes::page(Exchange& exchange) {
    const auto phone = phones_.welcome(exchange);
    const auto seen = desk_.city.uploads.look(exchange.place(), phone.id, exchange.now);
    if (seen.door == PhoneUploads::Door::Gone) return say(exchange, 404, "upload_gone", false);
    if (const auto* shut = shutWord(seen)) return say(exchange, 200, shut, false, seen.told.language);
    show(exchange, seen);
}

void UploadRoutes::show(Exchange& exchange, const PhoneUploads::Seen& seen) const {
    const auto language = Pages::languageOf(exchange.query("lang"), seen.told.language);
    const auto path = "/p/" + exchange.place();
    const bool open = seen.door == PhoneUploads::Door::Open;
    const bool waits = seen.asked > 0 && (!open || exchange.query("more").empty());
    // Nothing looks again by itself for ever: a kiosk may have lost its line.
    const bool again = waits && seen.since < kLooksAgain;
    pages_.show(
        exchange,
        {200, language, "web.upload.page",
         pages_.fill(
             "upload.html", language, {{"station", seen.told.station}, {"ward", seen.told.ward}},
             {{"tally", tally(seen, language)},
              {"next", again || !open ? waiting(path, language, open, again) : form(path, language)}}),
         otherLanguage(path, language)});
    if (again) exchange.response.set_header("Refresh", kLookEvery);
}

std::string UploadRoutes::tally(const PhoneUploads::Seen& seen, const std::string& language) const {
    const Pages::Values counts = {{"count", std::to_string(seen.used)},
                                  {"most", std::to_string(PhoneUploads::kMostPictures)},
                                  {"asked", std::to_string(seen.asked)},
                                  {"useless", std::to_string(seen.useless)}};
    auto lines = pages_.fill("upload-used.html", language, counts);
    if (seen.asked > 0) lines += pages_.fill("upload-asked.html", language, counts);
    if (seen.useless > 0) lines += pages_.fill("upload-useless.html", language, counts);
    return lines;
}

std::string UploadRoutes::form(const std::string& path, const std::string& language) const {
    return pages_.fill("upload-form.html", language, {{"action", inLanguage(path, language)}});
}

std::string UploadRoutes::waiting(const std::string& path, const std::string& language, bool more,
                                  bool again) const {
    const auto here = inLanguage(path, language);
    const auto link = [&](const char* file, const std::string& url) {
        return pages_.fill(file, language, {{"url", url}});
    };
    return (again ? pages_.fill("upload-again.html", language, {}) : link("upload-look.html", here)) +
           (more ? link("upload-more.html", here + "&more=1") : "");
}

void UploadRoutes::send(Exchange& exchange, const httplib::ContentReader& reader) {
    const auto refuse = [&](int status, const char* what, bool mayGoBack) {
        skip(desk_.city.clock, reader);
        say(exchange, status, what, mayGoBack);
    };
    const auto phone = phones_.known(exchange);
    if (phone.id.empty()) return refuse(403, "stale", true);
    const auto boundary = boundaryOf(exchange.formType);
    if (boundary.empty()) return refuse(415, "upload_empty", true);
    const auto length = declaredLength(exchange);
    if (length > PhoneUploads::kMostBytes + kAround) return refuse(413, "upload_large", true);
    auto room = desk_.city.uploads.enter(exchange.place(), phone.id, exchange.now, length);
    if (!room) switch (room.error()) {
            case PhoneUploads::NoRoom::Taken:
                return refuse(403, "upload_taken", false);
            case PhoneUploads::NoRoom::Full:
                return refuse(409, "upload_full", false);
            case PhoneUploads::NoRoom::Spent:
                return refuse(409, "upload_spent", false);
            case PhoneUploads::NoRoom::Busy:
                refuse(503, "upload_busy", true);
                return exchange.response.set_header("Retry-After", "60");
            default:
                return refuse(404, "upload_gone", false);
        }
    take(exchange, reader, **room, boundary);
}

void UploadRoutes::take(Exchange& exchange, const httplib::ContentReader& reader, PhoneUploads::Room& room,
                        const std::string& boundary) {
    const auto& clock = desk_.city.clock;
    std::vector<unsigned char> form;
    form.reserve(declaredLength(exchange));  // one piece: no copies left
    const bool whole = receive(clock, reader, room, form);
    auto picture = pictureOf(std::move(form), boundary);
    if (!room.wanted(clock.wall())) return say(exchange, 404, "upload_gone", false);
    if (!whole || picture.empty()) return say(exchange, 400, "upload_empty", true);
    if (picture.reveal().size() > PhoneUploads::kMostBytes) return say(exchange, 413, "upload_large", true);
    if (!beginsAsPicture(picture.reveal())) return say(exchange, 415, "upload_other", true);
    if (!room.keep(std::move(picture), clock.wall())) return say(exchange, 404, "upload_gone", false);
    exchange.response.status = 303;
    exchange.response.set_header(
        "Location", inLanguage("/p/" + exchange.place(), Pages::languageOf(exchange.query("lang"))));
    exchange.response.set_header("Cache-Control", "no-store");
}

}  // namespace tram::gateway
