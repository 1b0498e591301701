#include "link/PhoneUploads.h"

#include <nlohmann/json.hpp>

#include "crypto/Stream.h"
#include "link/Answers.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kUploadAnswer = 16u << 10, kMostSealed = 27'000'000;
constexpr std::size_t kStreamKey = 32, kStreamHeader = 24, kBoxSeal = 48;  // libsodium's sizes
constexpr std::int64_t kLongestLife = 600;

bool isId(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == 16;
}
bool isLink(std::string_view text) {
    return wire::isToken(text) && (text.starts_with("https://") || text.starts_with("http://"));
}
bool isSealedKey(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == kStreamKey + kStreamHeader + kBoxSeal;
}

template <class T>
Result<T> finished(const wire::Members& members, T value) {
    if (auto fine = members.finishLeniently(); !fine) return tl::unexpected(badShape(fine.error()));
    return value;
}

Result<PhoneUploads::Place> readPlace(const json& body) {
    wire::Members members(body);
    PhoneUploads::Place place;
    place.id = members.text("id", 32, isId);
    place.link = members.text("link", 512, isLink);
    place.lives = std::chrono::seconds(members.integer("expires_in", 1, kLongestLife));
    return finished(members, std::move(place));
}

PhoneUploads::Picture readPicture(const json& item, int least, wire::Members& list) {
    wire::Members members(item);
    PhoneUploads::Picture picture;
    picture.number = static_cast<int>(members.integer("n", least, PhoneUploads::kMostSent));
    picture.bytes = static_cast<std::size_t>(members.integer("size", 1, kMostSealed));
    picture.sealedKey =
        crypto::fromBase64Url(members.text("sealed_key", 160, isSealedKey)).value_or(crypto::Bytes());
    list.adopt(members.finishLeniently());
    return picture;
}

Result<PhoneUploads::State> readState(const json& body) {
    wire::Members members(body);
    PhoneUploads::State state;
    state.opened = members.flag("opened");
    state.lives = std::chrono::seconds(members.integer("expires_in", 0, kLongestLife));
    for (const json& item : members.array("pictures", 0, PhoneUploads::kMostPictures))
        state.pictures.push_back(
            readPicture(item, state.pictures.empty() ? 1 : state.pictures.back().number + 1, members));
    return finished(members, std::move(state));
}

template <class Read>
auto readUpload(const Result<net::HttpResponse>& response, Read read) -> decltype(read(json())) {
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    const auto body = wire::parseJson(response->body, kUploadAnswer);
    if (!body) return tl::unexpected(badShape(body.error()));
    return read(*body);
}

Result<crypto::StreamKey> streamKey(const crypto::Bytes& sealed, const crypto::OpeningKey& draft) {
    const auto both = draft.open(sealed);
    if (!both || both->reveal().size() != kStreamKey + kStreamHeader) return base::fail(ProblemKind::BadSeal);
    const auto& bytes = both->reveal();
    return crypto::StreamKey{base::SecretBytes({bytes.begin(), bytes.begin() + kStreamKey}),
                             {bytes.begin() + kStreamKey, bytes.end()}};
}

}  // namespace

Result<net::HttpResponse> PhoneUploads::ask(const char* method, const std::string& path, std::string body,
                                            std::size_t most) {
    const std::lock_guard lock(mutex_);
    auto request = client_->request(method, path);
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    request.maxResponseBytes = most;
    request.timeout = std::chrono::seconds(20) + base::Millis(most / 1000);
    return client_->authorized(std::move(request));
}

Result<PhoneUploads::Place> PhoneUploads::open(const crypto::SealingKey& draft, const std::string& language) {
    const json order = {{"key", draft.text()}, {"language", language}};
    return readUpload(ask("POST", "/v1/uploads", order.dump(), kUploadAnswer), readPlace);
}

Result<PhoneUploads::State> PhoneUploads::state(const std::string& id) {
    if (!isId(id)) return base::fail(ProblemKind::OutOfRange);
    return readUpload(ask("GET", "/v1/uploads/" + id, "", kUploadAnswer), readState);
}

Result<base::SecretBytes> PhoneUploads::picture(const std::string& id, const Picture& picture,
                                                const crypto::OpeningKey& draft) {
    if (!isId(id)) return base::fail(ProblemKind::OutOfRange);
    const auto path = "/v1/uploads/" + id + "/" + std::to_string(picture.number);
    const auto response = ask("GET", path, "", std::min(picture.bytes, kMostSealed));
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectSuccess(*response); !fine) return tl::unexpected(fine.error());
    const auto key = streamKey(picture.sealedKey, draft);
    if (!key) return tl::unexpected(key.error());
    return crypto::decryptStream(crypto::view(response->body), *key, crypto::view(id), kMostBytes);
}

Result<void> PhoneUploads::tell(const std::string& id, int number, bool used) {
    if (!isId(id)) return base::fail(ProblemKind::OutOfRange);
    const auto path = "/v1/uploads/" + id + "/" + std::to_string(number);
    const auto response = ask("POST", path, json{{"used", used}}.dump(), kUploadAnswer);
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<void> PhoneUploads::close(const std::string& id) {
    if (!isId(id)) return base::fail(ProblemKind::OutOfRange);
    const auto response = ask("DELETE", "/v1/uploads/" + id, "", kUploadAnswer);
    if (!response) return tl::unexpected(response.error());
    if (response->status == 404) return {};
    return expectSuccess(*response);
}

}  // namespace tram::link
