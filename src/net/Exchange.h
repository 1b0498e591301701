#pragma once
#include <curl/curl.h>

#include <set>

#include "net/HttpClient.h"

namespace tram::net {

/// The sockets curl has open for one client, so that they can be ended, and no new one opened behind our
/// back.
struct Sockets {
    std::set<int> open;
    bool onlyThese = false;  ///< the request under way must not open another
    bool wanted = false;     ///< it would have had to
};

/// One request on a handle: its options, its body on the way out, its answer on the way in.
class Exchange {
  public:
    Exchange(CURL* easy, const HttpRequest& request, const HttpClient::Options& options, Sockets& sockets);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    base::Result<void> prepare();
    base::Result<HttpResponse> finish(CURLcode code);

  private:
    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(easy_, option, value) != CURLE_OK) refused_ = true;
    }
    void setLine();
    void setTls();
    void setLimits();
    void setMethod();
    base::Result<void> setHeaders();
    base::Result<void> setFileBody();
    base::Problem problemOf(CURLcode code) const;

    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onRead(char* out, std::size_t size, std::size_t count, void* self);
    static int onSeek(void* self, curl_off_t offset, int origin);
    void takeHeader(std::string_view line);

    CURL* easy_;
    const HttpRequest& request_;
    const HttpClient::Options& options_;
    Sockets& sockets_;
    HttpResponse response_;
    curl_slist* headers_ = nullptr;
    int file_ = -1;
    std::size_t headerBytes_ = 0, fileLeft_ = 0, fileBody_ = 0;
    bool refused_ = false, tooLong_ = false, fileCut_ = false;
};

}  // namespace tram::net
