#include "gateway/notice/HttpNotifier.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kMostBody = 4096, kMostChannels = 3;

const MappingReader& reader() {
    static const MappingReader kReader("notices");
    return kReader;
}

bool isSendAddress(std::string_view url) {
    return MappingReader::isAddress(url) && url.find('{') == url.npos;
}

Result<void> readChannels(const json& list, NotifierFile& file) {
    const auto wrong = [] { return reader().bad("channels", "a list of sms, zalo, email"); };
    if (!list.is_array() || list.empty() || list.size() > kMostChannels) return wrong();
    for (const auto& one : list) {
        const auto* text = one.get_ptr<const std::string*>();
        const auto channel = text ? wire::channelFrom(*text) : std::nullopt;
        if (!channel || std::ranges::find(file.channels, *channel) != file.channels.end()) return wrong();
        file.channels.push_back(*channel);
    }
    return {};
}

Result<void> readBody(const json& body, NotifierFile& file) {
    file.body = body.dump();
    const bool whole =
        file.body.find("{to}") != file.body.npos &&
        (file.body.find("{text}") != file.body.npos || file.body.find("{state}") != file.body.npos);
    if (!body.is_object() || !whole || file.body.size() > kMostBody)
        return reader().bad("body", "an object with {to}, and {text} or {state}");
    return {};
}

}  // namespace

Result<NotifierFile> NotifierFile::parse(std::string_view text) {
    const auto document = wire::parseJson(text, MappingReader::kMostBytes);
    if (!document || !document->is_object()) return reader().bad("notifier", "a file with a JSON object");
    NotifierFile file;
    auto read = reader().parts(*document,
                               {{"channels", [&](const json& v) { return readChannels(v, file); }},
                                {"body", [&](const json& v) { return readBody(v, file); }},
                                {"templates",
                                 [&](const json& v) {
                                     return reader().table(
                                         v, "templates",
                                         [&](const std::string& ours, const std::string& theirs) {
                                             file.templates[ours] = theirs;
                                             return !theirs.empty();
                                         },
                                         "the sender's own name of it");
                                 }}},
                               {"url", "ca_file", "timeout_ms", "headers_file"}, {"channels", "body", "url"});
    if (!read) return tl::unexpected(read.error());
    wire::Members members(*document);
    file.url = members.text("url", MappingReader::kMostText, isSendAddress);
    file.caFile = members.optionalText("ca_file", MappingReader::kMostText);
    if (members.has("timeout_ms"))
        file.timeout = std::chrono::milliseconds(members.integer("timeout_ms", 100, 20'000));
    const auto headers = members.optionalText("headers_file", MappingReader::kMostText);
    if (auto fine = members.finishLeniently(); !fine) {
        const std::string key(fine.error().fact("key"));
        return reader().bad(key, key == "url" ? "https: (http: on 127.0.0.1 only)" : "another value");
    }
    if (auto secret = reader().headers(headers, file); !secret) return tl::unexpected(secret.error());
    return file;
}

Result<NotifierFile> NotifierFile::load(const std::filesystem::path& file) {
    const auto text = base::readFile(file, MappingReader::kMostBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

Result<void> HttpNotifier::send(const Notice& notice) {
    auto body = file_.body;
    const auto theirs = file_.templates.find(notice.templateId);
    replaceAll(body, "{id}", quoted(notice.id));
    replaceAll(body, "{channel}", std::string(wire::name(notice.channel)));
    replaceAll(body, "{template}",
               quoted(theirs == file_.templates.end() ? notice.templateId : theirs->second));
    for (const auto& [fact, value] : notice.facts) replaceAll(body, "{" + fact + "}", quoted(value));
    replaceAll(body, "{text}", quoted(notice.text));
    replaceAll(body, "{to}", quoted(notice.to.reveal()));
    auto answer = line_.post(file_.url, std::move(body), notice.id);
    if (!answer) return tl::unexpected(answer.error());
    const int status = answer->status;
    base::wipe(answer->body.data(), answer->body.size());
    if (status >= 200 && status < 300) return {};
    if (status == 400 || status == 404 || status == 410 || status == 422)
        return base::fail(ProblemKind::Unprocessable, {{"status", std::to_string(status)}});
    return base::fail(status == 429 ? ProblemKind::TooManyRequests : ProblemKind::ServerFault,
                      {{"status", std::to_string(status)}});
}

}  // namespace tram::gateway
