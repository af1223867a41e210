import { userInfo } from 'node:os';

/** Where one nginx is. */
export interface NginxPlace {
  /** For everything that it writes. */
  folder: string;
  /** Of 127.0.0.1. */
  port: number;
  /** Files in PEM. */
  certificate: string;
  key: string;
}

/** The one that clients talk to. It keeps nothing on its own drive, which would only cost it time. */
export function frontOf(place: NginxPlace, storePort: number): string {
  return configOf(
    place,
    `
    proxy_pass https://127.0.0.1:${storePort};
    proxy_http_version 1.1;
    proxy_request_buffering off;
    proxy_max_temp_file_size 0;
    proxy_buffers 16 64k;
    proxy_buffer_size 64k;
    proxy_busy_buffers_size 128k;`,
  );
}

/** The one that has the files. */
export function storeOf(place: NginxPlace, root: string): string {
  return configOf(
    place,
    `
    root ${root};
    client_body_temp_path ${root}/.received;
    dav_methods PUT;`,
  );
}

function configOf({ folder, port, certificate, key }: NginxPlace, location: string): string {
  // Its workers would otherwise be nobody, who may not see a private folder.
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : '';
  const temporary = ['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  return `${user}
daemon off;
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 64; }
http {
  access_log off;
  sendfile on;
  client_max_body_size 0;
  ssl_protocols TLSv1.2 TLSv1.3;
  proxy_ssl_protocols TLSv1.2 TLSv1.3;
  ${temporary.join('\n  ')}
  client_body_temp_path ${folder}/client;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    location / {${location}
    }
  }
}
`;
}
